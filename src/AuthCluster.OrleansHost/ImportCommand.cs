using System.Collections.Immutable;
using System.CommandLine;
using AuthCluster.Accounts;
using AuthCluster.Exports;
using AuthCluster.Http.Commands;
using AuthCluster.Keys;
using AuthCluster.Leases;
using AuthCluster.OrleansHost.Grains;
using AuthCluster.OrleansHost.Settings;

namespace AuthCluster.OrleansHost;

/// <summary>
/// <c>import --from FILE</c>: takes what an embedded server exported into a running cluster, as one of its clients. To do it again, after it
/// was broken off for instance, changes nothing that is there already.
/// </summary>
internal static class ImportCommand
{
    private const int AccountsAtATime = 64;

    /// <summary>The exit code is 0 where everything is in the cluster, otherwise 1.</summary>
    public static Command Create()
    {
        var from = new Option<string>("--from") { Description = "What an embedded server exported.", Required = true };
        var command = new Command("import", "Takes an export of an embedded server into the running cluster.") { from };
        command.SetAction((parsed, _) => StartUp.RunAsync(async () =>
            await ImportAsync(CommandLine.SettingsOf(parsed), parsed.GetRequiredValue(from)) ? 0 : 1));
        return command;
    }

    private static async Task<bool> ImportAsync(string[] args, string path)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var cluster = new NodeOptions();
        var options = NodeSettings.Read(builder.Configuration, cluster).Options;
        var master = NodeSettings.ReadMasterKey(options.Keys);
        using var file = new StreamReader(path);
        var export = await ExportReader.OpenAsync(file);
        var keys = KeyRing.ForVerifying(export.Header.Keys, master, options.Tokens, TimeProvider.System.GetUtcNow());
        builder.UseOrleansClient(client => client.UseCluster(cluster));
        using var host = builder.Build();
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IClusterClient>();
        // With a key in the settings, the ring verifies nothing.
        if (options.Tokens.SigningKey is null)
            await ImportKeysAsync(keys, grains, cluster.Lease);
        var isComplete = await ImportAsync(export, grains);
        await host.StopAsync();
        return isComplete;
    }

    private static async Task ImportKeysAsync(ImmutableArray<StoredKey> keys, IGrainFactory grains, TimeSpan lease)
    {
        var imported = await grains.KeyRing().ImportAsync(keys);
        Console.WriteLine($"{imported} signing keys imported");
        // Every node has read the ring anew by then: none refuses a token of these keys after the import.
        if (imported > 0)
            await Task.Delay(LeaseTimes.Outlasting(lease));
    }

    private static async Task<bool> ImportAsync(ExportReader export, IGrainFactory grains)
    {
        var (imported, known, refused) = (0, 0, 0);
        await Parallel.ForEachAsync(
            export.ReadAccountsAsync(),
            new ParallelOptions { MaxDegreeOfParallelism = AccountsAtATime },
            async (account, _) =>
            {
                switch (await grains.GetGrain<IAccountGrain>(account.Id).ImportAsync(account.Document))
                {
                    case ImportAnswer.Imported:
                        Interlocked.Increment(ref imported);
                        break;
                    case ImportAnswer.Known:
                        Interlocked.Increment(ref known);
                        break;
                    case var taken:
                        Interlocked.Increment(ref refused);
                        var name = taken == ImportAnswer.UsernameTaken ? "user name" : "e-mail address";
                        await Console.Error.WriteLineAsync($"{account.Id} is not imported: another account of the cluster has its {name}");
                        break;
                }
            });
        var summary = $"{imported} of {export.Header.Accounts} accounts imported, {known} were imported before and left as they are";
        await new ClusterEventLog(grains, TimeProvider.System).RecordAsync(
            ActivityEntry.OfOperator(TimeProvider.System.GetUtcNow(), ActivityEvents.AccountsImported, summary));
        Console.WriteLine(summary);
        return refused == 0;
    }
}
