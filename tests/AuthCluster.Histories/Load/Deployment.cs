using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories.Load;

/// <summary>The servers under load: those at the given addresses, or a process of our own that can be killed.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private readonly HostProcess? _process;
    private readonly IReadOnlyList<Uri> _urls;
    private readonly Func<Task>? _killNode;
    private volatile TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int _restarts;

    private Deployment(HostProcess? process, LoadOptions options)
    {
        _process = process;
        _urls = options.Urls;
        _killNode = options.KillNode;
        _up.SetResult();
    }

    public int NodeCount => Math.Max(1, _urls.Count);

    /// <summary>How often a server was killed and started again.</summary>
    public int Restarts => _restarts;

    public static async Task<Deployment> StartAsync(LoadOptions options) =>
        new(options.Urls.Count == 0 ? await HostProcess.StartAsync(options) : null, options);

    /// <summary>Waits while the server is down.</summary>
    public async ValueTask<Uri> AddressAsync(int node)
    {
        await _up.Task;
        return _process?.Address ?? _urls[node];
    }

    /// <summary>Kills a server amidst what it does, and starts it again on the same data.</summary>
    /// <returns>The restart of the only server; null where others served meanwhile.</returns>
    public async Task<Operation?> RestartAsync()
    {
        if (_killNode is not null)
        {
            await _killNode();
            _restarts++;
            return null;
        }

        _up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _process!.KillAsync();
        var dead = Clock.Now;
        await _process.LaunchAsync();
        _restarts++;
        // Before anybody can have called the new process.
        var restart = new Operation { Kind = OperationKind.Restart, Start = dead, End = Clock.Now };
        _up.SetResult();
        return restart;
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
