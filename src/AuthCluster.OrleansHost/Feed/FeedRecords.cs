using System.Collections.Immutable;
using System.Globalization;
using AuthCluster.OrleansHost.Storage;
using Orleans.Storage;

namespace AuthCluster.OrleansHost.Feed;

/// <summary>
/// The stored feed: a list of logs, and numbered segments of each. A log is written by its silo alone; another one may end it, by a write that makes
/// the next one of that silo fail. So what is read here of a log is everything that was answered before.
/// </summary>
internal sealed class FeedRecords([FromKeyedServices(GrainStorage.Name)] IGrainStorage storage)
{
    /// <summary>Each write stores the open segment anew: some 15 KB at most.</summary>
    public const int SegmentSize = 64;

    private const string LogsName = "feed-logs";
    private const string SegmentName = "feed-segment";

    private static readonly GrainId LogsId = GrainId.Create(LogsName, "0");

    public async Task<FeedLogsRecord> ReadLogsAsync() => (await ReadLogsStateAsync()).State!;

    /// <summary>A new log of this silo, which is in the list when this completes.</summary>
    public async Task<FeedLog> OpenAsync(string silo)
    {
        var id = Guid.NewGuid().ToString("N");
        var opened = await ChangeLogsAsync(logs => logs.Find(id) is not null ? logs : logs with
        {
            Logs = logs.Logs.Add(new FeedLog { Number = logs.LastNumber + 1, Id = id, Silo = silo }),
            LastNumber = logs.LastNumber + 1,
        });
        return opened.Find(id)!;
    }

    public async Task<GrainState<FeedSegment>> ReadSegmentAsync(string log, long index)
    {
        var stored = new GrainState<FeedSegment>(new FeedSegment());
        await storage.ReadStateAsync(SegmentName, SegmentId(log, index), stored);
        return stored;
    }

    /// <exception cref="InconsistentStateException">Another silo wrote it.</exception>
    public Task WriteSegmentAsync(string log, long index, GrainState<FeedSegment> segment) =>
        storage.WriteStateAsync(SegmentName, SegmentId(log, index), segment);

    /// <summary>What a log has behind a number.</summary>
    public async Task<FeedPart> ReadAsync(string log, long after, int limit)
    {
        var found = ImmutableArray.CreateBuilder<RevocationNotice>();
        var isOver = false;
        var hasMore = false;
        for (var index = after / SegmentSize; ; index++)
        {
            var segment = (await ReadSegmentAsync(log, index)).State!;
            found.AddRange(segment.Notices.Skip(found.Count == 0 ? (int)(after - (index * SegmentSize)) : 0));
            isOver = segment.IsLast;
            hasMore = found.Count > limit || (found.Count == limit && segment.Notices.Length == SegmentSize);
            if (segment.Notices.Length < SegmentSize || found.Count >= limit)
                break;
        }

        // After the segments: these are deleted only when the list says so already.
        var isGap = (await ReadLogsAsync()).Find(log) is not { } known || after + 1 < known.First;
        return new FeedPart([.. found.Take(limit)], hasMore, isOver && !hasMore, isGap);
    }

    /// <summary>The number of the last notice; 0 where there is none.</summary>
    public async Task<long> FindLastAsync(string log)
    {
        var (found, count) = ((await ReadLogsAsync()).Find(log)?.First / SegmentSize ?? 0, 0);
        // Segments follow each other without a gap: looks ever farther ahead, and then ever less far.
        for (long step = 1; step > 0;)
        {
            var segment = await ReadSegmentAsync(log, found + step);
            (found, count) = segment.RecordExists ? (found + step, segment.State!.Notices.Length) : (found, count);
            step = segment.RecordExists ? step * 2 : step / 2;
        }

        return count > 0 ? (found * SegmentSize) + count : (found * SegmentSize) + (await ReadSegmentAsync(log, found)).State!.Notices.Length;
    }

    /// <summary>Sees to it that no node can add anything any more.</summary>
    /// <param name="last">A number that the log is known to have, so that less has to be read; 0 will do.</param>
    public async Task EndAsync(string log, long last)
    {
        var index = last / SegmentSize;
        while (true)
        {
            var segment = await ReadSegmentAsync(log, index);
            if (!segment.State!.IsLast)
            {
                if (segment.State.Notices.Length == SegmentSize)
                {
                    index++;
                    continue;
                }

                segment.State = segment.State with { IsLast = true };
                if (!await TryAsync(WriteSegmentAsync(log, index, segment)))
                    continue;
            }

            var end = (index * SegmentSize) + segment.State.Notices.Length;
            await ChangeLogsAsync(logs => logs.Find(log) is { End: null } known ? logs.With(known with { End = end }) : logs);
            return;
        }
    }

    /// <summary>Deletes segments in which everything is older.</summary>
    public async Task PurgeAsync(DateTimeOffset before)
    {
        foreach (var log in (await ReadLogsAsync()).Logs)
        {
            var keptFrom = log.First / SegmentSize;
            while ((await ReadSegmentAsync(log.Id, keptFrom)).State! is { Notices: [.., var newest] } segment
                && newest.Revocation.Time < before && (segment.IsLast || segment.Notices.Length == SegmentSize))
            {
                keptFrom++;
            }

            await TrimAsync(log.Id, keptFrom);
        }

        // The newest stays: by it readers prove that they have read this feed.
        await ChangeLogsAsync(logs => logs.Logs.Any(log => log.IsUsedUp && log.Number < logs.LastNumber)
            ? logs with { Logs = logs.Logs.RemoveAll(log => log.IsUsedUp && log.Number < logs.LastNumber) }
            : logs);
    }

    /// <summary>Deletes the segments before this one.</summary>
    public async Task TrimAsync(string log, long keptFrom)
    {
        var first = 1L;
        await ChangeLogsAsync(logs =>
        {
            first = logs.Find(log)?.First ?? long.MaxValue;
            return first / SegmentSize < keptFrom && first != long.MaxValue
                ? logs.With(logs.Find(log)! with { First = (keptFrom * SegmentSize) + 1 })
                : logs;
        });
        for (var index = first / SegmentSize; index < keptFrom; index++)
        {
            var segment = await ReadSegmentAsync(log, index);
            if (segment.RecordExists)
                await TryAsync(storage.ClearStateAsync(SegmentName, SegmentId(log, index), segment));
        }
    }

    private async Task<FeedLogsRecord> ChangeLogsAsync(Func<FeedLogsRecord, FeedLogsRecord> change)
    {
        while (true)
        {
            var stored = await ReadLogsStateAsync();
            var changed = change(stored.State!);
            if (changed == stored.State)
                return changed;
            stored.State = changed;
            if (await TryAsync(storage.WriteStateAsync(LogsName, LogsId, stored)))
                return changed;
        }
    }

    private async Task<GrainState<FeedLogsRecord>> ReadLogsStateAsync()
    {
        var stored = new GrainState<FeedLogsRecord>(new FeedLogsRecord());
        await storage.ReadStateAsync(LogsName, LogsId, stored);
        return stored;
    }

    private static GrainId SegmentId(string log, long index) =>
        GrainId.Create(SegmentName, string.Create(CultureInfo.InvariantCulture, $"{log}-{index}"));

    private static async Task<bool> TryAsync(Task write)
    {
        try
        {
            await write;
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }
}
