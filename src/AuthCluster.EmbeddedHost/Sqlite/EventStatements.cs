using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>What is written to the log.</summary>
internal sealed class EventStatements(SqliteConnection connection)
{
    /// <summary>Rows deleted at a time: the saves of others wait that long.</summary>
    public const int Portion = 1000;

    /// <summary>Rows of one account, some 3 MB, to within <see cref="TrimInterval"/>. A user can cause any number of them.</summary>
    public const int KeptOfAccount = 5_000;

    /// <summary>Entries of an account from one trim to the next.</summary>
    public const int TrimInterval = 64;

    private static readonly (string, SqliteType) Before = ("$before", SqliteType.Integer);
    private static readonly (string, SqliteType) Kept = ("$kept", SqliteType.Integer);
    private static readonly (string, SqliteType) Limit = ("$limit", SqliteType.Integer);

    private readonly SqliteCommand _insert = connection.Prepare(
        """
        INSERT INTO events (time, account, number, type, succeeded, email, address, data)
        VALUES ($time, $account, $number, $type, $succeeded, $email, $address, $data)
        """,
        ("$time", SqliteType.Integer),
        ("$account", SqliteType.Blob),
        ("$number", SqliteType.Integer),
        ("$type", SqliteType.Text),
        ("$succeeded", SqliteType.Integer),
        ("$email", SqliteType.Text),
        ("$address", SqliteType.Text),
        ("$data", SqliteType.Text));

    private readonly SqliteCommand _deleteOlder = connection.Prepare(
        "DELETE FROM events WHERE sequence IN (SELECT sequence FROM events WHERE time < $before ORDER BY time LIMIT $limit)", Before, Limit);

    private readonly SqliteCommand _deleteStrangers = connection.Prepare(
        """
        DELETE FROM events WHERE sequence IN (
            SELECT sequence FROM events WHERE account IS NULL AND sequence <= (
                SELECT sequence FROM events WHERE account IS NULL ORDER BY sequence DESC LIMIT 1 OFFSET $kept)
            ORDER BY sequence LIMIT $limit)
        """,
        Kept, Limit);

    private readonly SqliteCommand _deleteOfAccount = connection.Prepare(
        "DELETE FROM events WHERE account = $account AND number <= $through", ("$account", SqliteType.Blob), ("$through", SqliteType.Integer));

    private int _strangersUntilTrim;

    /// <summary>Adds a row. Now and then the oldest rows of its account give way: the numbers of an account have no gaps.</summary>
    public void Insert(EventRow row)
    {
        var entry = row.Entry;
        _insert.Run(
            entry.Time.ToUnixTimeMilliseconds(), row.Account, entry.Number, entry.Event, entry.Succeeded, row.Email, entry.Address, row.Data);
        if (row.Account is not null && entry.Number > KeptOfAccount && entry.Number % TrimInterval == 0)
            _deleteOfAccount.Run(row.Account, entry.Number - KeptOfAccount);
    }

    /// <summary>Adds a row that belongs to no account. Now and then, and with the first one, the oldest of them give way.</summary>
    public void InsertStranger(EventRow row, int kept)
    {
        Insert(row);
        if (--_strangersUntilTrim > 0)
            return;
        DeleteStrangers(kept);
        _strangersUntilTrim = Portion;
    }

    /// <summary>Deletes a portion of what is older; how many rows it was.</summary>
    public int DeleteOlder(DateTimeOffset before) => _deleteOlder.Run(before.ToUnixTimeMilliseconds(), Portion);

    /// <summary>Deletes a portion of what belongs to no account, but for the newest ones; how many rows it was.</summary>
    public int DeleteStrangers(int kept) => _deleteStrangers.Run(kept, Portion);
}
