using System.Collections.Immutable;

namespace AuthCluster.OrleansHost.EventLog;

/// <summary>What one shard answers to a query.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Unread">
/// Where the search ended early: entries at this place of the log and before it were not all looked at, so that none of them is among
/// <paramref name="Entries"/>.
/// </param>
[GenerateSerializer, Alias("authcluster.log-shard-page")]
internal sealed record LogShardPage([property: Id(0)] ImmutableArray<LoggedActivity> Entries, [property: Id(1)] long? Unread);

/// <summary>
/// One search through a shard, from its newest records on. It ends when it has enough, or has read <see cref="ReadLimit"/> records: what is rare may
/// be days of the log apart.
/// </summary>
/// <remarks>Segments overlap a little, since entries of one millisecond arrive in several, and late ones long after their time.</remarks>
internal sealed class LogSearch(
    ActivityQuery query,
    LogSegmentList list,
    ImmutableArray<LoggedActivity> open,
    Func<int, Task<ImmutableArray<LogSegmentRange>>> readPage,
    Func<int, Task<ImmutableArray<LoggedActivity>>> readSegment)
{
    public const int ReadLimit = 64;

    private readonly LogFilter _filter = new(query);
    private readonly List<LoggedActivity> _found = [];

    // Pages and segments, the one with the newest entry first.
    private readonly PriorityQueue<(bool IsPage, int Number), long> _ahead = new();

    public async Task<LogShardPage> RunAsync()
    {
        _found.AddRange(open.Where(_filter.Matches));
        Enqueue(list.NextPage, list.Closed);
        for (var i = 0; i < list.Pages.Length; i++)
        {
            if (_filter.MayMatch(list.Pages[i].Oldest, list.Pages[i].Newest))
                _ahead.Enqueue((true, list.FirstPage + i), -list.Pages[i].Newest);
        }

        for (var reads = 0; _ahead.TryPeek(out var next, out var place); reads++)
        {
            if (HasAllAbove(-place))
                break;
            if (reads == ReadLimit)
                return new LogShardPage(Newest(above: -place), -place);
            _ahead.Dequeue();
            if (next.IsPage)
                Enqueue(next.Number, await readPage(next.Number));
            else
                _found.AddRange((await readSegment(next.Number)).Where(_filter.Matches));
        }

        return new LogShardPage(Newest(above: long.MinValue), null);
    }

    private void Enqueue(int page, ImmutableArray<LogSegmentRange> segments)
    {
        for (var i = 0; i < segments.Length; i++)
        {
            var number = (page * LogSegmentList.PageSize) + i;
            if (number >= list.First && _filter.MayMatch(segments[i]))
                _ahead.Enqueue((false, number), -segments[i].Newest);
        }
    }

    /// <summary>Whether as many as are wanted lie behind everything that was not read.</summary>
    private bool HasAllAbove(long place) => _found.Count >= query.Limit && _found.Count(activity => activity.Sequence > place) >= query.Limit;

    private ImmutableArray<LoggedActivity> Newest(long above) =>
        [.. _found.Where(activity => activity.Sequence > above).OrderByDescending(activity => activity.Sequence).Take(query.Limit)];
}
