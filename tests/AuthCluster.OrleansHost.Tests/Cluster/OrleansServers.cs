using System.Collections.Concurrent;
using AuthCluster.Contract;

namespace AuthCluster.OrleansHost.Tests.Cluster;

/// <summary>
/// Front doors for the contract suites. Suites with the same rules share three silos, which take seconds to start; front doors, with
/// their own counters and places for hashing, are each suite's own. Records are in memory, or in the PostgreSQL database that
/// <c>AUTHCLUSTER_POSTGRESQL</c> names.
/// </summary>
public class OrleansServers : SharedServers
{
    internal const string DatabaseKey = "Cluster:ConnectionString";

    /// <summary>Settings that silos go by. The algorithm is one of them, because the front doors of a cluster share its key ring.</summary>
    private static readonly string[] SettingsOfSilos =
        ["Tokens:Algorithm", "Tokens:Refresh", "Sessions:", "Devices:", "Activity:", "Login:", "Registration:ConfirmEmail"];

    // Stopped with the process.
    private static readonly ConcurrentDictionary<string, Lazy<Task<TestSilos>>> Clusters = new(StringComparer.Ordinal);

    public override async Task<IRunningServer> StartAsync(IReadOnlyDictionary<string, string> settings) =>
        await StartFrontDoorsAsync(await SharedAsync(settings), settings);

    public override async Task<IRunningServer> StartOwnAsync(IReadOnlyDictionary<string, string> settings)
    {
        var silos = await TestSilos.StartAsync(WithDatabase(settings));
        return new OwnCluster(await StartFrontDoorsAsync(silos, settings), silos);
    }

    private protected virtual async Task<IRunningServer> StartFrontDoorsAsync(TestSilos silos, IReadOnlyDictionary<string, string> settings) =>
        await FrontDoorServer.StartAsync(silos, settings);

    private static Task<TestSilos> SharedAsync(IReadOnlyDictionary<string, string> settings)
    {
        var ofSilos = settings.Where(setting => SettingsOfSilos.Any(prefix => setting.Key.StartsWith(prefix, StringComparison.Ordinal)))
            .ToDictionary(setting => setting.Key, setting => setting.Value);
        var key = string.Join('\n', ofSilos.OrderBy(setting => setting.Key, StringComparer.Ordinal));
        return Clusters.GetOrAdd(key, _ => new Lazy<Task<TestSilos>>(() => TestSilos.StartAsync(WithDatabase(ofSilos)))).Value;
    }

    private static Dictionary<string, string> WithDatabase(IReadOnlyDictionary<string, string> settings)
    {
        var withDatabase = new Dictionary<string, string>(settings);
        if (Environment.GetEnvironmentVariable("AUTHCLUSTER_POSTGRESQL") is { } connectionString)
            withDatabase[DatabaseKey] = connectionString;
        return withDatabase;
    }

    private sealed class OwnCluster(IRunningServer frontDoor, TestSilos silos) : IRunningServer
    {
        public Uri BaseAddress => frontDoor.BaseAddress;

        public async ValueTask DisposeAsync()
        {
            await frontDoor.DisposeAsync();
            await silos.DisposeAsync();
        }
    }
}
