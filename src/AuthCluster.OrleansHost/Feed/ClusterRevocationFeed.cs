using System.Collections.Immutable;

namespace AuthCluster.OrleansHost.Feed;

/// <summary>The revocation feed as the logs of all silos. A node follows them while somebody reads the feed there.</summary>
internal sealed class ClusterRevocationFeed(IGrainFactory grains, TimeProvider time) : IRevocationFeed, IDisposable
{
    private const int PageSize = 256;

    private readonly FeedRounds _rounds = new(grains, time);

    public void Dispose() => _rounds.Dispose();

    public Task PurgeAsync(DateTimeOffset before) => grains.FeedRecords().PurgeAsync(before);

    public async Task<FeedPage> ReadAsync(string? after, TimeSpan patience, CancellationToken cancellation)
    {
        await _rounds.EnsureAsync(cancellation);
        if (after is null)
            return Begin(_rounds.Look());
        var began = time.GetTimestamp();
        while (true)
        {
            var change = _rounds.Change;
            var page = await ReadAsync(after);
            var left = patience - time.GetElapsedTime(began);
            if (page.Events.Count > 0 || page.IsGap || left <= TimeSpan.Zero)
                return page;
            await change.WaitAsync(left, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static FeedPage Begin(FeedLook look)
    {
        var read = look.Followed.Where(followed => followed.Log.End is null)
            .ToImmutableSortedDictionary(followed => followed.Log.Number, followed => followed.Newest.Last!.Value);
        return new FeedPage([], Place(look.Logs, read).ToString(), look.CompleteTo);
    }

    private async Task<FeedPage> ReadAsync(string after)
    {
        var look = _rounds.Look();
        if (FeedPosition.TryParse(after) is not { } position || !position.IsKnown(look.Logs))
            return Begin(look) with { IsGap = true };
        var parts = new List<Unread>();
        foreach (var followed in look.Followed)
        {
            if (await TryReadAsync(followed, position.After(followed.Log)) is not { } part)
                return Begin(_rounds.Look()) with { IsGap = true };
            parts.Add(part);
        }

        return Merge(look, parts);
    }

    /// <summary>Oldest first. Within a log the order stays: what an account had before it moved to another silo is older, or is told there once more.</summary>
    private static FeedPage Merge(FeedLook look, List<Unread> parts)
    {
        var read = parts.Where(part => !part.IsReadUp).ToImmutableSortedDictionary(part => part.Log.Number, part => part.After);
        var events = new List<FeedEvent>();
        while (events.Count < PageSize && Next(parts) is { } next)
        {
            var notice = next.Take();
            read = next.IsReadUp ? read.Remove(next.Log.Number) : read.SetItem(next.Log.Number, next.After);
            events.Add(new FeedEvent(Place(look.Logs, read).ToString(), notice));
        }

        var isComplete = parts.TrueForAll(part => part.IsEmpty && !part.HasMore);
        return new FeedPage(events, Place(look.Logs, read).ToString(), isComplete ? look.CompleteTo : null);
    }

    /// <summary>Where the log comes from that has the oldest notice; <c>null</c> where some log may have an older one that is not here.</summary>
    private static Unread? Next(List<Unread> parts) =>
        parts.Exists(part => part.IsEmpty && part.HasMore) ? null : parts.Where(part => !part.IsEmpty).MinBy(part => part.First.Revocation.Time);

    private static FeedPosition Place(FeedLogsRecord logs, ImmutableSortedDictionary<long, long> read)
    {
        var newest = logs.Logs.MaxBy(log => log.Number);
        return new FeedPosition(newest?.Number ?? 0, newest?.Tag ?? "0", read);
    }

    private async Task<Unread?> TryReadAsync(FollowedLog followed, long after)
    {
        var newest = followed.Newest;
        var last = newest.Last!.Value;
        if (after >= last)
            return new Unread(followed.Log, after, last, []);
        if (newest.ReadAfter(after, PageSize) is { } recent)
            return new Unread(followed.Log, after, last, recent);
        var part = await grains.FeedRecords().ReadAsync(followed.Log.Id, after, PageSize);
        return part.IsGap ? null : new Unread(followed.Log, after, last, part.Notices);
    }

    /// <summary>What a reader has not got of one log.</summary>
    private sealed class Unread(FeedLog log, long after, long last, IReadOnlyList<RevocationNotice> notices)
    {
        private int _taken;

        public FeedLog Log => log;

        public long After => after + _taken;

        public bool IsEmpty => _taken == notices.Count;

        public bool HasMore => after + notices.Count < last;

        /// <summary>Whether nothing can follow.</summary>
        public bool IsReadUp => After >= log.End;

        public RevocationNotice First => notices[_taken];

        public RevocationNotice Take() => notices[_taken++];
    }
}
