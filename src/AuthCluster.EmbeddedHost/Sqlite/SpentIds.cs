using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>Ids that were used, in SQLite, for as long as somebody might take them.</summary>
internal sealed class SpentIds(Database database, TimeProvider time) : ISpentIds
{
    public Task<bool> TrySpendAsync(byte[] hash, DateTimeOffset until) =>
        database.Writer.WriteAsync(new SpendId(hash, until.ToUnixTimeMilliseconds(), time.GetUtcNow().ToUnixTimeMilliseconds()));
}

internal sealed class SpendId(byte[] hash, long until, long now) : Write<bool>
{
    protected override bool Run(WriterConnection connection)
    {
        using (var forget = connection.Connection.Prepare("DELETE FROM spent_ids WHERE until <= $now", ("$now", SqliteType.Integer)))
            forget.Run(now);
        using var spend = connection.Connection.Prepare(
            "INSERT OR IGNORE INTO spent_ids VALUES ($id, $until)", ("$id", SqliteType.Blob), ("$until", SqliteType.Integer));
        return spend.Run(hash, until) == 1;
    }
}
