using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Orleans.Storage;

namespace AuthCluster.OrleansHost.Feed;

/// <summary>
/// This silo's log of the feed. What is added while a write is under way goes into the next one together. A revocation is answered when it is in the
/// log, so nothing that was answered is lost with the silo.
/// </summary>
/// <param name="silo">As <see cref="SiloAddress.ToParsableString"/>.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore has nothing to dispose of until its wait handle is asked for.")]
internal sealed class NodeLog(FeedRecords records, string silo, TimeProvider time)
{
    /// <summary>Notices that followers find without reading the store.</summary>
    private const int InMemory = 1024;

    private const int PageSize = 256;

    /// <summary>Segments that are kept at most, some 500,000 notices.</summary>
    private const int SegmentsKept = 8192;

    /// <summary>Segments from one trim to the next.</summary>
    private const int TrimInterval = 128;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Lock _lock = new();
    private Batch _waiting = new();

    // Replaced as a whole: followers take no lock.
    private volatile Opened? _opened;

    /// <summary>Durable, and told to those who follow, when the task completes.</summary>
    /// <exception cref="StateUnavailableException">It is not known whether they were stored.</exception>
    public async Task AppendAsync(IReadOnlyList<RevocationNotice> notices)
    {
        Batch batch;
        lock (_lock)
        {
            batch = _waiting;
            batch.Notices.AddRange(notices);
        }

        await _writing.WaitAsync();
        try
        {
            // The first caller writes for all of its batch; the others find that done, or failed.
            if (Take(batch))
                batch.Write = Task.Run(() => WriteAsync(batch.Notices));
            await batch.Write!;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>What this log has behind a number; waits for something, at most so long. <c>null</c> where this silo does not write that log (any more).</summary>
    public async Task<FollowedPart?> FollowAsync(string log, long? after, TimeSpan patience)
    {
        if (_opened is not { } opened || opened.Log.Id != log)
            return null;
        var change = opened.Recent.Change;
        var part = opened.ReadAfter(after);
        if (part.Notices.IsEmpty && !part.IsBehind)
        {
            await change.WaitAsync(patience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            part = opened.ReadAfter(after);
        }

        return _opened == opened ? part : null;
    }

    /// <summary>The silo stops: nobody has to ask it any more.</summary>
    public async Task EndAsync()
    {
        await _writing.WaitAsync();
        try
        {
            if (_opened is { } opened)
                await records.EndAsync(opened.Log.Id, opened.Last);
            _opened = null;
        }
        finally
        {
            _writing.Release();
        }
    }

    private bool Take(Batch batch)
    {
        lock (_lock)
        {
            if (batch != _waiting)
                return false;
            _waiting = new Batch();
            return true;
        }
    }

    private async Task WriteAsync(List<RevocationNotice> notices)
    {
        try
        {
            await AppendToOpenAsync(notices);
        }
        catch (InconsistentStateException)
        {
            // Another node could not reach this silo and ended the log. The next one begins with what may not have been read in order.
            var recent = _opened!.NewerThan(time.GetUtcNow() - NotedRevocations.OrderTime);
            _opened = null;
            await AppendToOpenAsync([.. recent, .. notices]);
        }
    }

    private async Task AppendToOpenAsync(List<RevocationNotice> notices)
    {
        var opened = _opened ??= new Opened(records, await records.OpenAsync(silo));
        await opened.AppendAsync(notices);
        if (opened.Last / FeedRecords.SegmentSize is var segment && segment - opened.TrimmedAt >= TrimInterval)
        {
            opened.TrimmedAt = segment;
            if (segment > SegmentsKept)
                await records.TrimAsync(opened.Log.Id, segment - SegmentsKept);
        }
    }

    private sealed class Batch
    {
        public List<RevocationNotice> Notices { get; } = [];

        public Task? Write { get; set; }
    }

    /// <summary>The log that is written now. Appends are made one at a time.</summary>
    private sealed class Opened
    {
        private readonly FeedRecords _records;
        private long _index;
        private GrainState<FeedSegment>? _segment = new(new FeedSegment());

        public Opened(FeedRecords records, FeedLog log)
        {
            (_records, Log) = (records, log);
            Recent.BeginAfter(0);
        }

        public FeedLog Log { get; }

        public RecentRevocations Recent { get; } = new(InMemory);

        public long Last => Recent.Last!.Value;

        public long TrimmedAt { get; set; }

        public async Task AppendAsync(List<RevocationNotice> notices)
        {
            for (var done = 0; done < notices.Count;)
            {
                var segment = _segment ?? await ReadAgainAsync();
                if (segment.State!.Notices.Length == FeedRecords.SegmentSize)
                {
                    _index++;
                    segment = new GrainState<FeedSegment>(new FeedSegment());
                }

                var chunk = notices.Skip(done).Take(FeedRecords.SegmentSize - segment.State!.Notices.Length).ToList();
                segment.State = segment.State with { Notices = segment.State.Notices.AddRange(chunk) };
                // Until the write has succeeded, it is not known what is stored.
                _segment = null;
                await _records.WriteSegmentAsync(Log.Id, _index, segment);
                _segment = segment;
                Recent.Add(Last + 1, chunk);
                done += chunk.Count;
            }
        }

        public FollowedPart ReadAfter(long? after) => after is { } number && Recent.ReadAfter(number, PageSize) is { } notices
            ? new FollowedPart([.. notices], Last, IsBehind: false)
            : new FollowedPart([], Last, IsBehind: true);

        public IEnumerable<RevocationNotice> NewerThan(DateTimeOffset moment) =>
            (Recent.ReadAfter(Math.Max(0, Last - InMemory), InMemory) ?? []).Where(notice => notice.Revocation.Time > moment);

        /// <summary>A write that failed may have been stored all the same: then it is told, too, and its senders add it once more.</summary>
        private async Task<GrainState<FeedSegment>> ReadAgainAsync()
        {
            var segment = await _records.ReadSegmentAsync(Log.Id, _index);
            if (segment.State!.IsLast)
                throw new InconsistentStateException("The log was ended by another node.");
            var known = (int)(Last - (_index * FeedRecords.SegmentSize));
            Recent.Add(Last + 1, segment.State.Notices[known..]);
            return segment;
        }
    }
}

/// <summary>What a silo answers to those who follow its log.</summary>
/// <param name="Last">The number of its last notice.</param>
/// <param name="IsBehind">What was asked for is not in memory: it is in the store, unless it is deleted.</param>
[GenerateSerializer, Alias("authcluster.followed-part")]
internal sealed record FollowedPart(
    [property: Id(0)] ImmutableArray<RevocationNotice> Notices, [property: Id(1)] long Last, [property: Id(2)] bool IsBehind);
