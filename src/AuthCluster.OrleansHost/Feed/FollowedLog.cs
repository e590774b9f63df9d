namespace AuthCluster.OrleansHost.Feed;

/// <summary>
/// A log as this node follows it: asks the silo that writes it, and reads the store while that silo does not answer. Either way it knows up to when it
/// has everything, by its own clock: what was answered before it asked is in what it was told.
/// </summary>
/// <param name="newSince">Until then the log was not there; <c>null</c> where that is not known.</param>
internal sealed class FollowedLog(FeedLog log, DateTimeOffset? newSince, IGrainFactory grains, TimeProvider time, Action changed)
{
    /// <summary>Notices that readers find here.</summary>
    private const int InMemory = 2048;

    private const int PageSize = 256;

    private static readonly TimeSpan AskInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>A silo that did not answer is asked again after this.</summary>
    private static readonly TimeSpan SilenceTime = TimeSpan.FromSeconds(5);

    /// <summary>The log of a silo that did not answer for so long is ended. If that silo is there after all, it begins another one.</summary>
    private static readonly TimeSpan GoneTime = TimeSpan.FromMinutes(1);

    private long? _silentSince;
    private long? _askedInVain;
    private volatile RecentRevocations _recent = Recent(log.End ?? (newSince is null ? null : 0));
    private volatile object? _completeTo = newSince;
    private volatile bool _isOver = log.End is not null;

    public FeedLog Log => log;

    public bool IsOver => _isOver;

    /// <summary>Everything that was answered before is known here; <c>null</c> before the first answer.</summary>
    public DateTimeOffset? CompleteTo => (DateTimeOffset?)_completeTo;

    /// <summary>The newest notices. Its end is known once there is a <see cref="CompleteTo"/>, or the log is over.</summary>
    public RecentRevocations Newest => _recent;

    /// <summary>What was known before is not complete any more.</summary>
    public void Restart() => _completeTo = null;

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && !IsOver)
        {
            try
            {
                if (await TryAskSiloAsync())
                    continue;
                await ReadStoredAsync();
            }
            catch (Exception unavailable) when (unavailable is StateUnavailableException or TimeoutException)
            {
                // The time up to which this is complete stands still.
            }

            await Task.Delay(AskInterval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TryAskSiloAsync()
    {
        if (_askedInVain is { } lastTime && time.GetElapsedTime(lastTime) < SilenceTime)
            return false;
        var asked = time.GetUtcNow();
        var after = _recent.Last;
        FollowedPart? part = null;
        try
        {
            part = await grains.GetGrain<INodeLogGrain>(log.Silo).FollowAsync(log.Id, after, AskInterval).WaitAsync(AskInterval + Patience, time);
        }
        catch (Exception silent) when (silent is StateUnavailableException or TimeoutException)
        {
            // The store knows more.
        }

        if (part is null)
        {
            _askedInVain = time.GetTimestamp();
            _silentSince ??= _askedInVain;
            return false;
        }

        (_askedInVain, _silentSince) = (null, null);
        if (part.IsBehind)
            BeginAfter(part.Last);
        else
            Take(after!.Value, part.Notices);
        if (part.IsBehind || part.Last == after!.Value + part.Notices.Length)
            Complete(asked);
        return true;
    }

    private async Task ReadStoredAsync()
    {
        var asked = time.GetUtcNow();
        if (_recent.Last is not { } after)
        {
            BeginAfter(await grains.FeedRecords().FindLastAsync(log.Id).WaitAsync(Patience * 5, time));
            Complete(asked);
            return;
        }

        var part = await grains.FeedRecords().ReadAsync(log.Id, after, PageSize).WaitAsync(Patience, time);
        Take(after, part.Notices);
        if (!part.HasMore)
            Complete(asked);
        if (part.IsOver)
            _isOver = true;
        else if (_silentSince is { } since && time.GetElapsedTime(since) > GoneTime)
            await grains.FeedRecords().EndAsync(log.Id, after).WaitAsync(Patience * 5, time);
    }

    /// <summary>Readers find what was before in the store.</summary>
    private void BeginAfter(long last)
    {
        _recent = Recent(last);
        changed();
    }

    private void Take(long after, IReadOnlyList<RevocationNotice> notices)
    {
        _recent.Add(after + 1, notices);
        if (notices.Count > 0)
            changed();
    }

    private void Complete(DateTimeOffset asked)
    {
        var isFirst = _completeTo is null;
        _completeTo = asked;
        if (isFirst)
            changed();
    }

    private static RecentRevocations Recent(long? last)
    {
        var recent = new RecentRevocations(InMemory);
        if (last is { } number)
            recent.BeginAfter(number);
        return recent;
    }
}
