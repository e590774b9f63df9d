using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>Which accounts have mails to send, in SQLite. A save that brings one adds its account in the same transaction.</summary>
internal sealed class WaitingMails(Database database, TimeProvider time) : IWaitingMails
{
    public async Task<IReadOnlyList<MailTurn>> TakeDueAsync(int limit)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        // Nothing is due nearly always, and then nothing is written.
        return await database.Readers.ReadAsync(reader => IsAnyDue(reader.Connection, now))
            ? await database.Writer.WriteAsync(new TakeDue(now, limit))
            : [];
    }

    public Task SettleAsync(MailTurn turn, DateTimeOffset? again) => database.Writer.WriteAsync(new SettleTurn(turn, again));

    private static bool IsAnyDue(SqliteConnection connection, long now)
    {
        using var command = connection.Prepare("SELECT EXISTS (SELECT 1 FROM waiting_mails WHERE due <= $now)", ("$now", SqliteType.Integer));
        command.Bind(now);
        return (long)command.ExecuteScalar()! == 1;
    }
}

internal sealed class TakeDue(long now, int limit) : Write<IReadOnlyList<MailTurn>>
{
    protected override IReadOnlyList<MailTurn> Run(WriterConnection connection)
    {
        using var take = connection.Connection.Prepare(
            """
            UPDATE waiting_mails SET due = $again
            WHERE account IN (SELECT account FROM waiting_mails WHERE due <= $now ORDER BY due LIMIT $limit)
            RETURNING account, stamp
            """,
            ("$again", SqliteType.Integer),
            ("$now", SqliteType.Integer),
            ("$limit", SqliteType.Integer));
        take.Bind(now + (long)MailTurn.Patience.TotalMilliseconds, now, limit);
        using var row = take.ExecuteReader();
        var turns = new List<MailTurn>();
        while (row.Read())
            turns.Add(new MailTurn(new Guid(row.GetFieldValue<byte[]>(0), bigEndian: true), row.GetInt64(1)));
        return turns;
    }
}

internal sealed class SettleTurn(MailTurn turn, DateTimeOffset? again) : Write<bool>
{
    protected override bool Run(WriterConnection connection)
    {
        connection.Mails.Settle(turn.AccountId.Stored(), turn.Stamp, again);
        return true;
    }
}
