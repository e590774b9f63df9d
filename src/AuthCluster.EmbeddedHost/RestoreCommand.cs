using System.CommandLine;
using System.Globalization;
using AuthCluster.EmbeddedHost.Sqlite;
using AuthCluster.Http.Commands;
using AuthCluster.Http.Files;
using AuthCluster.Http.Hosting;

namespace AuthCluster.EmbeddedHost;

/// <summary>
/// <c>restore --from FILE</c>: puts a backup in the place of the database of a server that does not run. What was there, its write-ahead log included, is
/// moved aside: an older database beside a newer log would be a damaged one.
/// </summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var from = new Option<string>("--from") { Description = "A file that backup made.", Required = true };
        var command = new Command("restore", "Puts a backup in the place of the database; what was there is moved aside.") { from };
        command.SetAction((parsed, _) => StartUp.RunCommandAsync(() =>
        {
            var options = EmbeddedServer.ReadSettings(ServerBuilder.Create(CommandLine.SettingsOf(parsed))).Options;
            return Task.FromResult(Restore(options.DataDirectory, parsed.GetRequiredValue(from)));
        }));
        return command;
    }

    private static int Restore(string dataDirectory, string backup)
    {
        if (!File.Exists(backup))
            throw new BadConfigurationException($"restore: there is no {backup}.");
        if (DatabaseCheck.FaultOf(backup) is { } fault)
            throw new BadConfigurationException($"restore: {backup}: {fault}");
        using var directory = DataDirectory.Open(dataDirectory);
        var unfinished = directory.DatabasePath + ".unfinished";
        PrivateFile.Create(unfinished);
        using (var source = File.OpenRead(backup))
        using (var copy = new FileStream(unfinished, FileMode.Open, FileAccess.Write))
        {
            source.CopyTo(copy);
            copy.Flush(flushToDisk: true);
        }

        var aside = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        foreach (var end in new[] { "-wal", "-shm", "" })
        {
            if (File.Exists(directory.DatabasePath + end))
                File.Move(directory.DatabasePath + end, $"{directory.DatabasePath}.replaced-{aside}{end}");
        }

        File.Move(unfinished, directory.DatabasePath, overwrite: false);
        Console.WriteLine($"{directory.DatabasePath} is the backup now. Log-outs since it was made do not count: `keys rotate --retire-old` ends every token of before");
        return 0;
    }
}
