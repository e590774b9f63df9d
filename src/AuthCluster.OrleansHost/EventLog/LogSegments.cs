using System.Collections.Immutable;
using System.Globalization;
using Orleans.Storage;

namespace AuthCluster.OrleansHost.EventLog;

/// <summary>
/// The records of one shard: numbered segments, of which the last one is open, and a list of the closed ones. A write stores the open
/// segment anew, so a segment is kept short: some 30 KB mostly, 130 KB at worst.
/// </summary>
/// <param name="isBounded">Whether the oldest segments give way past <see cref="SegmentLimit"/>.</param>
internal sealed class LogSegments(IGrainStorage storage, GrainId shard, bool isBounded)
{
    public const int SegmentSize = 128;
    public const int SegmentLimit = 64;

    private readonly GrainState<LogSegmentList> _list = new(new LogSegmentList());
    private readonly GrainState<LogSegment> _open = new(new LogSegment());

    public bool IsEmpty => List.Closed.IsEmpty && Open.Entries.IsEmpty;

    private LogSegmentList List => _list.State!;

    private LogSegment Open => _open.State!;

    private int OpenNumber => List.First + List.Closed.Length;

    public async Task LoadAsync()
    {
        await storage.ReadStateAsync("log-segments", shard, _list);
        await storage.ReadStateAsync(NameOf(OpenNumber), shard, _open);
    }

    public async Task AppendAsync(IReadOnlyCollection<LoggedActivity> entries)
    {
        var added = new List<LoggedActivity>();
        foreach (var entry in entries)
        {
            if (!added.Contains(entry) && !await ContainsAsync(entry))
                added.Add(entry);
        }

        foreach (var chunk in InSegments(added))
        {
            if (Open.Entries.Length == SegmentSize)
                await CloseAsync();
            _open.State = new LogSegment { Entries = Open.Entries.AddRange(chunk) };
            await storage.WriteStateAsync(NameOf(OpenNumber), shard, _open);
        }
    }

    public async Task<ImmutableArray<LoggedActivity>> ReadAsync(ActivityQuery query)
    {
        var filter = new LogFilter(query);
        var found = new List<LoggedActivity>(Open.Entries.Where(filter.Matches));
        var closed = Enumerable.Range(List.First, List.Closed.Length).Zip(List.Closed)
            .OrderByDescending(segment => segment.Second.Newest).ToList();
        foreach (var (number, range) in closed)
        {
            if (filter.IsComplete(found))
                break;
            // Segments overlap a little: entries of one millisecond arrive in several.
            if (found.Count >= query.Limit && filter.Newest(found)[^1].Sequence > range.Newest)
                break;
            if (filter.MayMatch(range))
                found.AddRange((await ReadSegmentAsync(number)).Where(filter.Matches));
        }

        return [.. filter.Newest(found)];
    }

    public async Task ClearAsync()
    {
        // The list goes last: as long as it is there, a purge that broke off can be repeated.
        for (var number = List.First; number < OpenNumber; number++)
            await DeleteSegmentAsync(number);
        await storage.ClearStateAsync(NameOf(OpenNumber), shard, _open);
        await storage.ClearStateAsync("log-segments", shard, _list);
    }

    private async Task CloseAsync()
    {
        var closed = List.Closed.Add(LogSegmentRange.Of(Open.Entries));
        var surplus = isBounded ? Math.Max(0, closed.Length - SegmentLimit) : 0;
        for (var i = 0; i < surplus; i++)
            await DeleteSegmentAsync(List.First + i);
        _list.State = new LogSegmentList { First = List.First + surplus, Closed = closed.RemoveRange(0, surplus) };
        await storage.WriteStateAsync("log-segments", shard, _list);
        (_open.State, _open.ETag, _open.RecordExists) = (new LogSegment(), null!, false);
    }

    private async Task<bool> ContainsAsync(LoggedActivity entry)
    {
        if (Open.Entries.Contains(entry))
            return true;
        for (var i = 0; i < List.Closed.Length; i++)
        {
            if (List.Closed[i].Covers(entry.Sequence) && (await ReadSegmentAsync(List.First + i)).Contains(entry))
                return true;
        }

        return false;
    }

    private IEnumerable<LoggedActivity[]> InSegments(List<LoggedActivity> added)
    {
        var room = SegmentSize - Open.Entries.Length;
        return room == 0 ? added.Chunk(SegmentSize) : added.Take(room).Chunk(room).Concat(added.Skip(room).Chunk(SegmentSize));
    }

    private async Task<ImmutableArray<LoggedActivity>> ReadSegmentAsync(int number)
    {
        var segment = new GrainState<LogSegment>(new LogSegment());
        await storage.ReadStateAsync(NameOf(number), shard, segment);
        return segment.State!.Entries;
    }

    private async Task DeleteSegmentAsync(int number)
    {
        var segment = new GrainState<LogSegment>(new LogSegment());
        await storage.ReadStateAsync(NameOf(number), shard, segment);
        if (segment.RecordExists)
            await storage.ClearStateAsync(NameOf(number), shard, segment);
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"log-segment-{number}");
}

[GenerateSerializer, Alias("authcluster.log-segments")]
internal sealed class LogSegmentList
{
    /// <summary>The number of the first segment that was not deleted.</summary>
    [Id(0)]
    public int First { get; init; }

    [Id(1)]
    public ImmutableArray<LogSegmentRange> Closed { get; init; } = [];
}

[GenerateSerializer, Alias("authcluster.log-segment")]
internal sealed class LogSegment
{
    [Id(0)]
    public ImmutableArray<LoggedActivity> Entries { get; init; } = [];
}

/// <summary>The sequences in a closed segment, both ends included.</summary>
[GenerateSerializer, Alias("authcluster.log-segment-range")]
internal readonly record struct LogSegmentRange([property: Id(0)] long Oldest, [property: Id(1)] long Newest)
{
    public static LogSegmentRange Of(ImmutableArray<LoggedActivity> entries) =>
        new(entries.Min(entry => entry.Sequence), entries.Max(entry => entry.Sequence));

    public bool Covers(long sequence) => sequence >= Oldest && sequence <= Newest;
}
