using AuthCluster.Accounts;
using AuthCluster.OrleansHost.EventLog;
using AuthCluster.OrleansHost.Grains;

namespace AuthCluster.OrleansHost;

/// <summary>The log of what happened, spread over grains by day and shard.</summary>
internal sealed class ClusterEventLog(IGrainFactory grains, TimeProvider time) : IEventLog
{
    /// <summary>A query asks no more shards than a day has, some ten times over: what is rare may be months apart.</summary>
    private const int ShardsAsked = 10 * (LogShardKey.AccountShards + LogShardKey.StrangerShards);

    private IEventLogDaysGrain Days => grains.GetGrain<IEventLogDaysGrain>(0);

    public Task AppendAsync(ActivityEntry entry) =>
        Shard(LogShardKey.OfStranger(entry.Time)).AppendAsync([new LoggedActivity(LogSequence.OfNoAccount(entry), AccountId: null, entry)]);

    /// <remarks>In a shard of accounts: those of strangers are bounded.</remarks>
    public Task RecordAsync(ActivityEntry entry) =>
        Shard(LogShardKey.Of(Guid.Empty, entry.Time)).AppendAsync([new LoggedActivity(LogSequence.OfNoAccount(entry), AccountId: null, entry)]);

    /// <remarks>Goes back day by day until it has enough, so that what is asked for most, the newest, costs one day.</remarks>
    public async Task<LogPage> ReadAsync(ActivityQuery query)
    {
        var found = new List<LoggedActivity>();
        var asked = 0;
        foreach (var day in await Days.ListAsync().InTimeAsync(time))
        {
            if (!MayMatch(query, day.Day))
                continue;
            if (asked >= ShardsAsked)
                return new LogPage(found, LogSequence.StartOf(day.Day.AddDays(1)));
            var shards = await Task.WhenAll(day.ShardKeys.Select(key => Shard(key).ReadAsync(query)));
            asked += shards.Length;
            // Nothing is told of what lies behind the first shard that did not look further.
            var unread = shards.Max(shard => shard.Unread);
            found.AddRange(shards.SelectMany(shard => shard.Entries).Where(entry => !(entry.Sequence <= unread)).OrderByDescending(entry => entry.Sequence));
            if (found.Count >= query.Limit)
                return new LogPage(found[..query.Limit], found[query.Limit - 1].Sequence);
            if (unread is { } place)
                return new LogPage(found, place + 1);
        }

        return new LogPage(found, Before: null);
    }

    public async Task<IReadOnlyList<ActivityEntry>> ReadAccountAsync(Guid accountId, long beforeNumber, int limit) =>
        await grains.GetGrain<IAccountGrain>(accountId).ReadLogAsync(beforeNumber, limit);

    /// <summary>Deletes the days that are over for longer than this.</summary>
    public Task PurgeAsync(DateTimeOffset before) => Days.PurgeAsync(LogShardKey.DayOf(before));

    private static bool MayMatch(ActivityQuery query, DateOnly day) =>
        (query.BeforeSequence is not { } sequence || day <= LogShardKey.DayOf(LogSequence.TimeOf(sequence)))
        && (query.Since is not { } since || day >= LogShardKey.DayOf(since));

    private IEventLogShardGrain Shard(LogShardKey key) => grains.GetGrain<IEventLogShardGrain>(key.ToString());
}
