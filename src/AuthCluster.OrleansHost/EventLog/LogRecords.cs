using System.Collections.Immutable;

namespace AuthCluster.OrleansHost.EventLog;

/// <summary>
/// What a shard knows of its closed segments. The newest are described here, the others in pages, of which only the ranges are here: a million entries
/// make it some kilobytes long, and every store bounds its records.
/// </summary>
[GenerateSerializer, Alias("authcluster.log-segments")]
internal sealed class LogSegmentList
{
    /// <summary>Segments that a page describes.</summary>
    public const int PageSize = 32;

    /// <summary>The number of the first segment that was not deleted.</summary>
    [Id(0)]
    public int First { get; init; }

    /// <summary>The number of the first page that was not deleted. Page <c>n</c> has the segments from <c>n * PageSize</c> on.</summary>
    [Id(1)]
    public int FirstPage { get; init; }

    [Id(2)]
    public ImmutableArray<LogPageRange> Pages { get; init; } = [];

    /// <summary>Those after the last page.</summary>
    [Id(3)]
    public ImmutableArray<LogSegmentRange> Closed { get; init; } = [];

    public int NextPage => FirstPage + Pages.Length;

    public int OpenSegment => (NextPage * PageSize) + Closed.Length;

    public int Count => OpenSegment - First;

    /// <summary>The list with one more closed segment; and the page that is full by that, which is to be stored before the list.</summary>
    public (LogSegmentList List, ImmutableArray<LogSegmentRange>? Page) With(LogSegmentRange segment)
    {
        var closed = Closed.Add(segment);
        if (closed.Length < PageSize)
            return (new LogSegmentList { First = First, FirstPage = FirstPage, Pages = Pages, Closed = closed }, null);
        return (new LogSegmentList { First = First, FirstPage = FirstPage, Pages = Pages.Add(LogPageRange.Of(closed)) }, closed);
    }

    /// <summary>The list without its oldest segments.</summary>
    public LogSegmentList From(int first)
    {
        var emptyPages = Math.Min(Pages.Length, (first / PageSize) - FirstPage);
        return new LogSegmentList { First = first, FirstPage = FirstPage + emptyPages, Pages = Pages.RemoveRange(0, emptyPages), Closed = Closed };
    }
}

[GenerateSerializer, Alias("authcluster.log-page")]
internal sealed class LogSegmentPage
{
    [Id(0)]
    public ImmutableArray<LogSegmentRange> Segments { get; init; } = [];
}

[GenerateSerializer, Alias("authcluster.log-segment")]
internal sealed class LogSegment
{
    [Id(0)]
    public ImmutableArray<LoggedActivity> Entries { get; init; } = [];
}

/// <summary>The sequences in a closed segment, both ends included, and the addresses that it has.</summary>
/// <param name="Keys">As <see cref="LogKeys"/> writes them.</param>
[GenerateSerializer, Alias("authcluster.log-segment-range")]
internal readonly record struct LogSegmentRange(
    [property: Id(0)] long Oldest, [property: Id(1)] long Newest, [property: Id(2)] byte[] Keys)
{
    public static LogSegmentRange Of(ImmutableArray<LoggedActivity> entries) =>
        new(entries.Min(entry => entry.Sequence), entries.Max(entry => entry.Sequence), LogKeys.Of(entries));

    public bool Covers(long sequence) => sequence >= Oldest && sequence <= Newest;
}

/// <summary>The sequences in the segments of a page, both ends included.</summary>
[GenerateSerializer, Alias("authcluster.log-page-range")]
internal readonly record struct LogPageRange([property: Id(0)] long Oldest, [property: Id(1)] long Newest)
{
    public static LogPageRange Of(ImmutableArray<LogSegmentRange> segments) =>
        new(segments.Min(segment => segment.Oldest), segments.Max(segment => segment.Newest));

    public bool Covers(long sequence) => sequence >= Oldest && sequence <= Newest;
}
