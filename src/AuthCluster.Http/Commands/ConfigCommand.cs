using System.CommandLine;
using AuthCluster.Http.Settings;
using AuthCluster.Options;
using Microsoft.Extensions.Configuration;

namespace AuthCluster.Http.Commands;

/// <summary><c>config show</c>: every setting as the server would go by it. Secrets are not shown, only that they are given.</summary>
public static class ConfigCommand
{
    /// <param name="configurationOf">The sources of settings, those of the command line among them.</param>
    /// <param name="own">Sections that only this host has.</param>
    public static Command Create(Func<string[], IConfiguration> configurationOf, params (string Name, ICheckedSection Section)[] own)
    {
        var show = new Command("show", "Shows every setting as the server would go by it, without its secrets.") { TreatUnmatchedTokensAsErrors = false };
        show.SetAction((parsed, _) => StartUp.RunCommandAsync(() => Task.FromResult(Show(configurationOf(CommandLine.SettingsOf(parsed)), own))));
        return new Command("config", "Settings.") { show };
    }

    private static int Show(IConfiguration configuration, (string Name, ICheckedSection Section)[] own)
    {
        var read = SettingsReader.Read(configuration, own);
        var lines = EffectiveSettings.Of(read.Options, "AuthCluster").Concat(own.SelectMany(section => EffectiveSettings.Of(section.Section, $"AuthCluster:{section.Name}")))
            .ToList();
        lines.ForEach(Console.WriteLine);
        foreach (var warning in read.Warnings)
            Console.Error.WriteLine($"warning: {warning}");
        foreach (var fault in read.Faults)
            Console.Error.WriteLine($"fault: {fault.Key}: {fault.Message}");
        Console.WriteLine($"{lines.Count} settings: {read.Faults.Count} faults, {read.Warnings.Count} warnings");
        return read.Faults.Count == 0 ? 0 : 2;
    }
}
