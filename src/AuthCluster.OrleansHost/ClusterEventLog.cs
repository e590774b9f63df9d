using AuthCluster.Accounts;
using AuthCluster.OrleansHost.EventLog;
using AuthCluster.OrleansHost.Grains;

namespace AuthCluster.OrleansHost;

/// <summary>The log of what happened, spread over grains by day and shard.</summary>
internal sealed class ClusterEventLog(IGrainFactory grains, TimeProvider time) : IEventLog
{
    private IEventLogDaysGrain Days => grains.GetGrain<IEventLogDaysGrain>(0);

    public Task AppendAsync(ActivityEntry entry) =>
        Shard(LogShardKey.OfStranger(entry.Time)).AppendAsync([new LoggedActivity(LogSequence.OfStranger(entry), AccountId: null, entry)]);

    /// <remarks>Goes back day by day until it has enough, so that what is asked for most, the newest, costs one day.</remarks>
    public async Task<IReadOnlyList<LoggedActivity>> ReadAsync(ActivityQuery query)
    {
        var filter = new LogFilter(query);
        var found = new List<LoggedActivity>();
        foreach (var day in await Days.ListAsync().InTimeAsync(time))
        {
            if (!MayMatch(query, day.Day))
                continue;
            var shards = await Task.WhenAll(ShardsOf(query, day).Select(key => Shard(key).ReadAsync(query)));
            found.AddRange(filter.Newest(shards.SelectMany(entries => entries)));
            if (found.Count >= query.Limit || filter.IsComplete(found))
                break;
        }

        return [.. found.Take(query.Limit)];
    }

    /// <summary>Deletes the days that are over for longer than this.</summary>
    public Task PurgeAsync(DateTimeOffset before) => Days.PurgeAsync(LogShardKey.DayOf(before));

    private static bool MayMatch(ActivityQuery query, DateOnly day) =>
        (query.BeforeSequence is not { } sequence || day <= LogShardKey.DayOf(LogSequence.TimeOf(sequence)))
        && (query.Since is not { } since || day >= LogShardKey.DayOf(since));

    private static IEnumerable<LogShardKey> ShardsOf(ActivityQuery query, LogDay day)
    {
        if (query.AccountId is not { } account)
            return day.ShardKeys;
        var shard = LogShardKey.ShardOf(account);
        return day.Has(shard) ? [new LogShardKey(day.Day, shard)] : [];
    }

    private IEventLogShardGrain Shard(LogShardKey key) => grains.GetGrain<IEventLogShardGrain>(key.ToString());
}
