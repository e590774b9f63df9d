using Xunit;

namespace AuthCluster.Contract;

/// <summary>The servers that the tests of one suite share: one for each set of settings they ask for.</summary>
public sealed class SharedServers : IAsyncLifetime
{
    // No lock: the tests of one class run one after another.
    private readonly Dictionary<string, IRunningServer> _running = [];

    internal async Task<IRunningServer> GetAsync(string settings, Func<Task<IRunningServer>> start)
    {
        if (!_running.TryGetValue(settings, out var server))
            _running[settings] = server = await start();
        return server;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var server in _running.Values)
            await server.DisposeAsync();
    }
}
