using System.Collections.Immutable;

namespace AuthCluster.OrleansHost.Feed;

/// <summary>One log of the revocation feed. Each silo writes one of its own, so that no revocation waits for another silo.</summary>
[GenerateSerializer, Alias("authcluster.feed-log")]
internal sealed record FeedLog
{
    /// <summary>Later logs have larger ones.</summary>
    [Id(0)]
    public long Number { get; init; }

    [Id(1)]
    public string Id { get; init; } = "";

    /// <summary>The silo that writes it, as <see cref="SiloAddress.ToParsableString"/>.</summary>
    [Id(2)]
    public string Silo { get; init; } = "";

    /// <summary>The number of the oldest notice that is kept; the first of all is 1.</summary>
    [Id(3)]
    public long First { get; init; } = 1;

    /// <summary>The number of the last notice, once nothing can follow; 0 where there is none.</summary>
    [Id(4)]
    public long? End { get; init; }

    /// <summary>Tells logs of the same number apart: a store that was restored gives numbers again.</summary>
    public string Tag => Id[..8];

    public bool IsUsedUp => End is { } end && First > end;
}

/// <summary>All logs. A silo joins the list before it answers a first revocation, so a reader of the list knows every log that may have one.</summary>
[GenerateSerializer, Alias("authcluster.feed-logs-record")]
internal sealed record FeedLogsRecord
{
    [Id(0)]
    public ImmutableArray<FeedLog> Logs { get; init; } = [];

    [Id(1)]
    public long LastNumber { get; init; }

    public FeedLog? Find(string id) => Logs.FirstOrDefault(log => log.Id == id);

    public FeedLogsRecord With(FeedLog log) => this with { Logs = [.. Logs.Select(known => known.Id == log.Id ? log : known)] };
}

[GenerateSerializer, Alias("authcluster.feed-segment")]
internal sealed record FeedSegment
{
    [Id(0)]
    public ImmutableArray<RevocationNotice> Notices { get; init; } = [];

    /// <summary>The log is over. The silo that wrote it finds that out with its next write, which fails.</summary>
    [Id(1)]
    public bool IsLast { get; init; }
}

/// <summary>A part of a log, as it is stored.</summary>
/// <param name="HasMore">Whether there is more than was asked for.</param>
/// <param name="IsOver">Whether nothing can follow the last notice of the log.</param>
/// <param name="IsGap">Whether some of what was asked for is deleted.</param>
[GenerateSerializer, Alias("authcluster.feed-part")]
internal sealed record FeedPart(
    [property: Id(0)] ImmutableArray<RevocationNotice> Notices, [property: Id(1)] bool HasMore, [property: Id(2)] bool IsOver, [property: Id(3)] bool IsGap);
