using System.CommandLine;
using AuthCluster.EmbeddedHost.Sqlite;
using AuthCluster.Http.Commands;
using AuthCluster.Http.Files;
using AuthCluster.Http.Hosting;
using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost;

/// <summary><c>backup --to FILE</c>: a copy of the database as of one moment, also while the server runs. The master key is not in it.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var to = new Option<string>("--to") { Description = "The file to make.", Required = true };
        var command = new Command("backup", "Copies the database into a file, also while the server runs. The master key is kept apart.") { to };
        command.SetAction((parsed, _) => StartUp.RunCommandAsync(() =>
        {
            var options = EmbeddedServer.ReadSettings(ServerBuilder.Create(CommandLine.SettingsOf(parsed))).Options;
            return Task.FromResult(Backup(options.DataDirectory, parsed.GetRequiredValue(to)));
        }));
        return command;
    }

    private static int Backup(string dataDirectory, string path)
    {
        if (File.Exists(path))
            throw new BadConfigurationException($"backup: {path} exists already.");
        var source = DataDirectory.DatabaseIn(dataDirectory);
        if (!File.Exists(source))
            throw new BadConfigurationException($"backup: there is no {source}.");
        var unfinished = path + ".unfinished";
        PrivateFile.Create(unfinished);
        using (var database = Connections.OpenForReading(source))
        {
            using var copy = database.Prepare("VACUUM INTO $path", ("$path", SqliteType.Text));
            copy.Run(unfinished);
        }

        using (var written = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite))
            written.Flush(flushToDisk: true);
        File.Move(unfinished, path, overwrite: false);
        Console.WriteLine($"{new FileInfo(path).Length} bytes are in {path}; without the master key nobody can use the keys and secrets in it, nor can you");
        return 0;
    }
}
