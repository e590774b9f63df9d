using System.CommandLine;
using AuthCluster.Http.Commands;
using AuthCluster.Http.Hosting;
using AuthCluster.OrleansHost.Settings;
using AuthCluster.OrleansHost.Storage;

namespace AuthCluster.OrleansHost;

/// <summary><c>storage create</c>: makes the tables that the cluster's storage needs beforehand.</summary>
internal static class StorageCommand
{
    public static Command Create()
    {
        var create = new Command("create", "Makes the tables in the PostgreSQL database, or brings their queries up to this version.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        create.SetAction((parsed, _) => StartUp.RunAsync(() => CreateAsync(CommandLine.SettingsOf(parsed))));
        return new Command("storage", "Prepares the cluster's storage.") { create };
    }

    private static async Task<int> CreateAsync(string[] args)
    {
        var cluster = new NodeOptions();
        NodeSettings.Read(ServerBuilder.Create(args).Configuration, cluster);
        if (cluster.Storage != ClusterStorageKind.PostgreSql)
        {
            Console.WriteLine($"The storage {cluster.Storage} needs nothing beforehand");
            return 0;
        }

        await PostgreSqlSchema.CreateAsync(cluster.ConnectionString!);
        Console.WriteLine("The tables are there");
        return 0;
    }
}
