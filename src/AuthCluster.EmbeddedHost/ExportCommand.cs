using System.CommandLine;
using AuthCluster.Accounts;
using AuthCluster.EmbeddedHost.Sqlite;
using AuthCluster.Exports;
using AuthCluster.Http.Commands;
using AuthCluster.Http.Files;
using AuthCluster.Http.Hosting;
using AuthCluster.Http.Settings;

namespace AuthCluster.EmbeddedHost;

/// <summary><c>export --to FILE</c>: every account, with its sessions and recent activity, and the signing keys, for a cluster to import.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var to = new Option<string>("--to") { Description = "The file to make.", Required = true };
        var command = new Command("export", "Writes every account and the signing keys into a file, for a cluster to import.") { to };
        command.SetAction((parsed, _) => StartUp.RunAsync(async () =>
        {
            var settings = EmbeddedServer.ReadSettings(ServerBuilder.Create(CommandLine.SettingsOf(parsed)));
            await RunAsync(settings.Options, parsed.GetRequiredValue(to));
            return 0;
        }));
        return command;
    }

    /// <exception cref="BadConfigurationException">There is nothing to export, a server is running on it, or the file is there already.</exception>
    private static async Task RunAsync(AuthClusterOptions options, string path)
    {
        if (File.Exists(path))
            throw new BadConfigurationException($"export: {path} exists already.");
        using var directory = DataDirectory.OpenExisting(options.DataDirectory);
        using var database = Database.Open(directory);
        var keys = await new KeyRingStore(database).LoadAsync();
        var unfinished = path + ".unfinished";
        PrivateFile.Create(unfinished);
        var accounts = await database.Readers.ReadAsync(reader => Write(unfinished, keys, new AccountScan(reader, options.Rules)));
        await new EventLog(database).RecordAsync(
            ActivityEntry.OfOperator(TimeProvider.System.GetUtcNow(), ActivityEvents.AccountsExported, $"{accounts} accounts and {keys.Keys.Length} signing keys"));
        File.Move(unfinished, path, overwrite: false);
        Console.WriteLine($"{accounts} accounts and {keys.Keys.Length} signing keys are in {path}, which is as secret as the database");
        Console.WriteLine("Import it under the same master key, and do not start this server again: log-outs here would not count there");
    }

    private static long Write(string path, StoredKeyRing keys, AccountScan accounts)
    {
        var header = new ExportHeader(accounts.Count(), keys.Keys);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        ExportWriter.Write(file, header, accounts.Read());
        file.Flush(flushToDisk: true);
        return header.Accounts;
    }
}
