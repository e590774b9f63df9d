using Xunit;

namespace AuthCluster.Contract;

/// <summary>The servers that the tests of one suite share, one for each set of settings. A host says how they are started.</summary>
public abstract class SharedServers : IAsyncLifetime
{
    // No lock: the tests of one class run one after another.
    private readonly Dictionary<string, IRunningServer> _running = [];

    /// <param name="settings">Keys as in the settings table, such as <c>Passwords:Cost</c>.</param>
    public abstract Task<IRunningServer> StartAsync(IReadOnlyDictionary<string, string> settings);

    /// <summary>One that no other test has anything to do with: what it does to administrators and keys, it does to nobody else.</summary>
    public virtual Task<IRunningServer> StartOwnAsync(IReadOnlyDictionary<string, string> settings) => StartAsync(settings);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var server in _running.Values)
            await server.DisposeAsync();
    }

    internal async Task<IRunningServer> GetAsync(IReadOnlyDictionary<string, string> settings)
    {
        var key = string.Join('\n', settings);
        if (!_running.TryGetValue(key, out var server))
            _running[key] = server = await StartAsync(settings);
        return server;
    }
}
