namespace AuthCluster.OrleansHost.Feed;

/// <summary>The logs at one moment.</summary>
/// <param name="CompleteTo">What was answered before is in them.</param>
internal sealed record FeedLook(FeedLogsRecord Logs, IReadOnlyList<FollowedLog> Followed, DateTimeOffset CompleteTo);

/// <summary>Follows all logs, new ones included, for as long as somebody reads them.</summary>
internal sealed class FeedRounds(IGrainFactory grains, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How long a first reader waits for the silos, of which one may be away.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(5);

    /// <summary>After so long without readers the node lets go.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FollowedLog> _followed = [];
    private Task _running = Task.CompletedTask;
    private TaskCompletionSource _change = NewChange();
    private long _lastUse;
    private volatile Listed? _listed;

    /// <summary>Completes when there may be more. Take it before you look.</summary>
    public Task Change => Volatile.Read(ref _change).Task;

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    /// <summary>Sees to it that the logs are followed.</summary>
    /// <exception cref="StateUnavailableException">Some cannot be read now.</exception>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        Volatile.Write(ref _lastUse, time.GetTimestamp());
        if (CompleteTo is not null && !_running.IsCompleted)
            return;
        lock (_lock)
        {
            if (_running.IsCompleted)
                _running = RunAsync(_end.Token);
        }

        var began = time.GetTimestamp();
        while (true)
        {
            var change = Change;
            if (CompleteTo is not null)
                return;
            var left = StartPatience - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                throw new StateUnavailableException("The logs of the revocation feed cannot be read now.");
            await change.WaitAsync(left, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Call this only after <see cref="EnsureAsync"/>.</summary>
    public FeedLook Look()
    {
        // The time first: what the logs have by then, they have afterwards.
        var complete = CompleteTo ?? throw new StateUnavailableException("The logs of the revocation feed cannot be read now.");
        var listed = _listed!;
        return new FeedLook(listed.Logs, listed.Followed, complete);
    }

    private DateTimeOffset? CompleteTo
    {
        get
        {
            if (_listed is not { } listed)
                return null;
            var complete = listed.ReadAt;
            foreach (var followed in listed.Followed)
            {
                if (followed.IsOver)
                    continue;
                if (followed.CompleteTo is not { } known)
                    return null;
                complete = known < complete ? known : complete;
            }

            return complete;
        }
    }

    private async Task RunAsync(CancellationToken end)
    {
        await Task.Yield();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(end);
        _listed = null;
        foreach (var followed in _followed.Values)
            followed.Restart();
        var following = new Dictionary<FollowedLog, Task>();
        while (!end.IsCancellationRequested && time.GetElapsedTime(Volatile.Read(ref _lastUse)) < IdleTime)
        {
            await TryListAsync();
            foreach (var followed in _followed.Values.Where(followed => !following.ContainsKey(followed)))
                following[followed] = followed.RunAsync(stop.Token);
            await Task.Delay(Interval, time, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await stop.CancelAsync();
        await Task.WhenAll(following.Values);
        _listed = null;
    }

    private async Task TryListAsync()
    {
        var asked = time.GetUtcNow();
        try
        {
            var logs = await grains.FeedRecords().ReadLogsAsync().WaitAsync(Patience, time);
            foreach (var gone in _followed.Keys.Where(id => logs.Find(id) is null).ToList())
                _followed.Remove(gone);
            foreach (var log in logs.Logs)
            {
                // One that has ended since is followed anew, which is to know its end.
                if (!_followed.TryGetValue(log.Id, out var followed) || (followed.Log.End is null && log.End is not null && followed.IsOver))
                    _followed[log.Id] = new FollowedLog(log, _listed?.ReadAt, grains, time, Pulse);
            }

            var isNew = _listed is null || _listed.Logs != logs;
            _listed = new Listed(logs, [.. _followed.Values.OrderBy(followed => followed.Log.Number)], asked);
            if (isNew)
                Pulse();
        }
        catch (Exception unavailable) when (unavailable is StateUnavailableException or TimeoutException)
        {
            // The time up to which the feed is complete stands still.
        }
    }

    private void Pulse() => Interlocked.Exchange(ref _change, NewChange()).SetResult();

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Listed(FeedLogsRecord Logs, IReadOnlyList<FollowedLog> Followed, DateTimeOffset ReadAt);
}
