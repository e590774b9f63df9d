using System.Collections.Concurrent;
using AuthCluster.Contract;

namespace AuthCluster.OrleansHost.Tests.Cluster;

/// <summary>
/// Front doors for the contract suites. Suites with the same rules share three silos, which take seconds to start; front doors, with
/// their own counters and places for hashing, are each suite's own. Records are in memory, or where a derived class says.
/// </summary>
public class OrleansServers : SharedServers
{
    /// <summary>Settings that silos go by. The algorithm is one of them, because the front doors of a cluster share its key ring.</summary>
    private static readonly string[] SettingsOfSilos =
        ["Tokens:Algorithm", "Tokens:Refresh", "Sessions:", "Devices:", "Activity:", "Login:", "Registration:ConfirmEmail", "Mail:"];

    // Stopped with the process.
    private static readonly ConcurrentDictionary<string, Lazy<Task<TestSilos>>> Clusters = new(StringComparer.Ordinal);

    public override async Task<IRunningServer> StartAsync(IReadOnlyDictionary<string, string> settings) =>
        await StartFrontDoorsAsync(await SharedAsync(settings), settings);

    public override async Task<IRunningServer> StartOwnAsync(IReadOnlyDictionary<string, string> settings)
    {
        var silos = await TestSilos.StartAsync(await WithStorageAsync(settings));
        return new OwnCluster(await StartFrontDoorsAsync(silos, settings), silos);
    }

    private protected virtual async Task<IRunningServer> StartFrontDoorsAsync(TestSilos silos, IReadOnlyDictionary<string, string> settings) =>
        await FrontDoorServer.StartAsync(silos, settings);

    /// <summary>The settings of the storage; none is memory.</summary>
    private protected virtual Task<IReadOnlyDictionary<string, string>> StorageAsync() =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());

    private async Task<TestSilos> SharedAsync(IReadOnlyDictionary<string, string> settings)
    {
        var ofSilos = await WithStorageAsync(
            settings.Where(setting => SettingsOfSilos.Any(prefix => setting.Key.StartsWith(prefix, StringComparison.Ordinal))));
        var key = string.Join('\n', ofSilos.OrderBy(setting => setting.Key, StringComparer.Ordinal));
        return await Clusters.GetOrAdd(key, _ => new Lazy<Task<TestSilos>>(() => TestSilos.StartAsync(ofSilos))).Value;
    }

    private async Task<Dictionary<string, string>> WithStorageAsync(IEnumerable<KeyValuePair<string, string>> settings) =>
        settings.Concat(await StorageAsync()).ToDictionary(setting => setting.Key, setting => setting.Value);

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
