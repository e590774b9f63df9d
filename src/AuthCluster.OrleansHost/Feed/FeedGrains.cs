using AuthCluster.OrleansHost.Leases;
using Orleans.Concurrency;

namespace AuthCluster.OrleansHost.Feed;

/// <summary>The log of one silo, which the key names.</summary>
[Alias("authcluster.node-log")]
internal interface INodeLogGrain : IGrainWithStringKey
{
    /// <summary>What the log has behind a number; waits for something, at most so long. <c>null</c> where the silo does not write it (any more).</summary>
    /// <param name="after"><c>null</c> to learn where the log ends.</param>
    [Alias("follow")]
    Task<FollowedPart?> FollowAsync(string log, long? after, TimeSpan patience);
}

[GrainType("node-log"), Reentrant, PlacedOnNamedSilo]
internal sealed class NodeLogGrain(NodeLog node) : Grain, INodeLogGrain
{
    public Task<FollowedPart?> FollowAsync(string log, long? after, TimeSpan patience) => node.FollowAsync(log, after, patience);
}

/// <summary>The stored feed, for nodes without a store of their own. Every silo has this grain, so no silo is needed for it that is not there.</summary>
[Alias("authcluster.feed-records")]
internal interface IFeedRecordsGrain : IGrainWithIntegerKey
{
    [Alias("logs")]
    Task<FeedLogsRecord> ReadLogsAsync();

    [Alias("read")]
    Task<FeedPart> ReadAsync(string log, long after, int limit);

    /// <summary>The number of the last notice.</summary>
    [Alias("last")]
    Task<long> FindLastAsync(string log);

    /// <summary>Sees to it that nothing can be added any more.</summary>
    [Alias("end")]
    Task EndAsync(string log, long last);

    [Alias("purge")]
    Task PurgeAsync(DateTimeOffset before);
}

[GrainType("feed-records"), StatelessWorker]
internal sealed class FeedRecordsGrain(FeedRecords records) : Grain, IFeedRecordsGrain
{
    public Task<FeedLogsRecord> ReadLogsAsync() => records.ReadLogsAsync();

    public Task<FeedPart> ReadAsync(string log, long after, int limit) => records.ReadAsync(log, after, limit);

    public Task<long> FindLastAsync(string log) => records.FindLastAsync(log);

    public Task EndAsync(string log, long last) => records.EndAsync(log, last);

    public Task PurgeAsync(DateTimeOffset before) => records.PurgeAsync(before);
}

internal static class FeedGrains
{
    public static IFeedRecordsGrain FeedRecords(this IGrainFactory grains) => grains.GetGrain<IFeedRecordsGrain>(0);
}
