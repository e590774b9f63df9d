using System.Globalization;

namespace AuthCluster.OrleansHost.EventLog;

/// <summary>
/// Where an entry of the log is: its day (UTC), and one of the shards of that day. All entries of an account are in one shard, so that what
/// happened to it is found without asking all of them.
/// </summary>
internal readonly record struct LogShardKey(DateOnly Day, int Shard)
{
    public const int AccountShards = 32;

    /// <summary>For failures that belong to no account. Anybody can cause those, so these shards are bounded.</summary>
    public const int StrangerShards = 8;

    private const string DayFormat = "yyyyMMdd";

    public bool IsOfStrangers => Shard >= AccountShards;

    public static LogShardKey Of(Guid account, DateTimeOffset time) => new(DayOf(time), ShardOf(account));

    public static LogShardKey OfStranger(DateTimeOffset time) => new(DayOf(time), AccountShards + Random.Shared.Next(StrangerShards));

    public static int ShardOf(Guid account) => (int)(StableHash.Of(account) % AccountShards);

    public static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    public static LogShardKey Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return new LogShardKey(
            DateOnly.ParseExact(text.AsSpan(0, slash), DayFormat, CultureInfo.InvariantCulture),
            int.Parse(text.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Day:yyyyMMdd}/{Shard}");
}
