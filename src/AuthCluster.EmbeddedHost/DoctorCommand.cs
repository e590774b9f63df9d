using System.CommandLine;
using AuthCluster.EmbeddedHost.Sqlite;
using AuthCluster.Http.Commands;
using AuthCluster.Http.Hosting;
using AuthCluster.Http.Settings;
using AuthCluster.Keys;

namespace AuthCluster.EmbeddedHost;

/// <summary><c>doctor</c>: looks at settings, data directory, database and master key, also while the server runs, and changes nothing.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Checks settings, data directory, database and master key; changes nothing.");
        command.SetAction((parsed, _) => StartUp.RunCommandAsync(() => ExamineAsync(SettingsReader.Read(ServerBuilder.Create(CommandLine.SettingsOf(parsed)).Configuration))));
        return command;
    }

    private static async Task<int> ExamineAsync(SettingsResult settings)
    {
        var examination = new Examination();
        examination.Note("settings", settings.Faults.Count == 0 ? null : string.Join("; ", settings.Faults.Select(fault => $"{fault.Key}: {fault.Message}")));
        foreach (var warning in settings.Warnings)
            examination.Warn(warning);
        var path = DataDirectory.DatabaseIn(settings.Options.DataDirectory);
        if (!File.Exists(path))
        {
            examination.Warn($"there is no {path}: the first start makes it");
            return examination.Conclude();
        }

        var fault = DatabaseCheck.FaultOf(path);
        examination.Note($"database {path}", fault);
        if (fault is null)
            await ExamineKeysAsync(settings.Options, path, examination);
        return examination.Conclude();
    }

    private static async Task ExamineKeysAsync(AuthClusterOptions options, string path, Examination examination)
    {
        try
        {
            var keyFile = FirstMasterKey.FileOf(options.Keys, Path.GetDirectoryName(path)!);
            var master = keyFile is null ? MasterKey.FromBase64(options.Keys.Master!) : MasterKeyFile.Read(keyFile);
            foreach (var warning in MasterKeyFile.Warnings(keyFile))
                examination.Warn(warning);
            using var database = Database.OpenToRead(path);
            var keys = await new KeyRingStore(database).LoadAsync();
            KeyRing.ForVerifying(keys.Keys, master, options.Tokens, TimeProvider.System.GetUtcNow());
            examination.Note($"master key, which opens {keys.Keys.Length} signing keys", fault: null);
        }
        catch (Exception error) when (error is BadConfigurationException or StateUnavailableException)
        {
            examination.Note("master key", error.Message);
        }
    }

    /// <summary>What was found, a line each as it is found.</summary>
    private sealed class Examination
    {
        private int _checks;
        private int _faults;
        private int _warnings;

        public void Note(string what, string? fault)
        {
            _checks++;
            if (fault is null)
            {
                Console.WriteLine($"ok: {what}");
                return;
            }

            _faults++;
            Console.Error.WriteLine($"fault: {what}: {fault}");
        }

        public void Warn(string warning)
        {
            _warnings++;
            Console.Error.WriteLine($"warning: {warning}");
        }

        public int Conclude()
        {
            Console.WriteLine($"{_checks} checks: {_faults} faults, {_warnings} warnings");
            return _faults == 0 ? 0 : 1;
        }
    }
}
