using System.CommandLine;
using AuthCluster.Http.Commands;
using AuthCluster.OrleansHost.Tls;

namespace AuthCluster.OrleansHost;

/// <summary><c>cluster cert --to DIRECTORY</c>: an authority and certificates by which nodes know each other, for those who have none of their own.</summary>
internal static class ClusterCommand
{
    public static Command Create()
    {
        var to = new Option<string>("--to") { Description = "The directory with the authority; it is made where there is none.", Required = true };
        var name = new Option<string[]>("--name") { Description = "The names of the certificates.", DefaultValueFactory = _ => ["node"], AllowMultipleArgumentsPerToken = true };
        var days = new Option<int>("--days") { Description = "How long they are valid.", DefaultValueFactory = _ => 365 };
        var cert = new Command("cert", "Makes an authority for the cluster's nodes, and certificates of it, or renews these.") { to, name, days };
        name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string[]>()!.Any(value => !IsName(value)))
                result.AddError("--name: letters, digits, dots and dashes, and not the authority's own.");
        });
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 3650)
                result.AddError("--days: 1 to 3650.");
        });
        cert.SetAction((parsed, _) => StartUp.RunCommandAsync(() =>
            Task.FromResult(Make(parsed.GetRequiredValue(to), parsed.GetRequiredValue(name), parsed.GetValue(days)))));
        return new Command("cluster", "What nodes have in common.") { cert };
    }

    private static int Make(string directory, string[] names, int days)
    {
        var authority = new CertificateAuthority(directory, TimeProvider.System);
        var isNew = authority.Ensure();
        foreach (var name in names)
            authority.Issue(name, days);
        Console.WriteLine($"Each node: --AuthCluster:Cluster:Tls:Certificate={Path.Combine(directory, $"{names[0]}.pem")} "
            + $"--AuthCluster:Cluster:Tls:Key={Path.Combine(directory, $"{names[0]}.key")} "
            + $"--AuthCluster:Cluster:Tls:Authority={Path.Combine(directory, CertificateAuthority.CertificateFile)}");
        Console.WriteLine($"{CertificateAuthority.KeyFile} makes further ones and belongs on no node");
        Console.WriteLine($"{names.Length} certificates made for {days} days, {(isNew ? "of a new authority" : "of the authority that was there")}");
        return 0;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') && name[0] != '.' && name != "authority";
}
