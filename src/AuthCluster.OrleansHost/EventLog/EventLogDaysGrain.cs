using AuthCluster.OrleansHost.Storage;

namespace AuthCluster.OrleansHost.EventLog;

/// <summary>The days of the log and which of their shards have entries. There is one such grain, and it is called once a day and shard.</summary>
[Alias("authcluster.log-days")]
internal interface IEventLogDaysGrain : IGrainWithIntegerKey
{
    [Alias("add")]
    Task AddAsync(DateOnly day, int shard);

    /// <summary>Newest first.</summary>
    [Alias("list")]
    Task<List<LogDay>> ListAsync();

    /// <summary>Deletes the log of the days before this one.</summary>
    [Alias("purge")]
    Task PurgeAsync(DateOnly before);
}

/// <param name="Shards">One bit for each shard that may have entries.</param>
[GenerateSerializer, Alias("authcluster.log-day")]
internal readonly record struct LogDay([property: Id(0)] DateOnly Day, [property: Id(1)] ulong Shards)
{
    public IEnumerable<LogShardKey> ShardKeys
    {
        get
        {
            for (var shard = 0; shard < LogShardKey.AccountShards + LogShardKey.StrangerShards; shard++)
            {
                if (Has(shard))
                    yield return new LogShardKey(Day, shard);
            }
        }
    }

    public bool Has(int shard) => (Shards & (1UL << shard)) != 0;

    public LogDay With(int shard) => this with { Shards = Shards | (1UL << shard) };
}

[GenerateSerializer, Alias("authcluster.log-days-record")]
internal sealed class LogDaysRecord
{
    [Id(0)]
    public List<LogDay> Days { get; init; } = [];
}

[GrainType("log-days")]
internal sealed class EventLogDaysGrain([PersistentState("log-days", GrainStorage.Name)] IPersistentState<LogDaysRecord> stored)
    : StoredGrain<LogDaysRecord>(stored), IEventLogDaysGrain
{
    public async Task AddAsync(DateOnly day, int shard)
    {
        var known = Record.Days.Find(known => known.Day == day);
        if (!known.Has(shard))
            await ReplaceAsync(day, new LogDay(day, known.Shards).With(shard));
    }

    public Task<List<LogDay>> ListAsync() => Task.FromResult(Record.Days.OrderByDescending(day => day.Day).ToList());

    public async Task PurgeAsync(DateOnly before)
    {
        foreach (var day in Record.Days.Where(day => day.Day < before).OrderBy(day => day.Day).ToList())
        {
            await Task.WhenAll(day.ShardKeys.Select(key => GrainFactory.GetGrain<IEventLogShardGrain>(key.ToString()).ClearAsync()));
            await ReplaceAsync(day.Day);
        }
    }

    private Task ReplaceAsync(DateOnly day, params LogDay[] replacement) =>
        SaveAsync(new LogDaysRecord { Days = [.. Record.Days.Where(other => other.Day != day), .. replacement] });
}
