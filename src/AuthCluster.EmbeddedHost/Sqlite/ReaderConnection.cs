using AuthCluster.Accounts;
using AuthCluster.Emails;
using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>A connection that only reads, with the statements of the paths that are walked often. Used by one thread at a time.</summary>
internal sealed class ReaderConnection : IDisposable
{
    private readonly SqliteCommand _load;
    private readonly SqliteCommand _findEmail;
    private readonly SqliteCommand _findUsername;

    public ReaderConnection(string path)
    {
        Connection = Connections.OpenForReading(path);
        _load = Connection.Prepare(
            $"""
            SELECT entry.*, accounts.version, accounts.document
            FROM accounts LEFT JOIN (SELECT {EventRow.Columns} FROM events) AS entry ON entry.account = accounts.id
            WHERE accounts.id = $id ORDER BY entry.number DESC LIMIT $kept
            """,
            ("$id", SqliteType.Blob),
            ("$kept", SqliteType.Integer));
        _findEmail = Connection.Prepare("SELECT id FROM accounts WHERE email = $name", ("$name", SqliteType.Text));
        _findUsername = Connection.Prepare("SELECT id FROM accounts WHERE username = $name", ("$name", SqliteType.Text));
    }

    public SqliteConnection Connection { get; }

    /// <summary>The account and the last entries of its log, oldest first, as of one moment.</summary>
    public StoredRow? LoadAccount(Guid id, int activityKept)
    {
        _load.Bind(id.Stored(), activityKept);
        using var row = _load.ExecuteReader();
        if (!row.Read())
            return null;
        var account = new StoredRow(row.GetInt64(EventRow.ColumnCount), row.GetFieldValue<byte[]>(EventRow.ColumnCount + 1), []);
        // An account without entries has one row, in which those of the log are NULL.
        if (row.IsDBNull(0))
            return account;
        do
            account.Activity.Add(EventRow.Read(row).Entry);
        while (row.Read());
        account.Activity.Reverse();
        return account;
    }

    public Guid? FindAccount(LoginName name)
    {
        var find = name.IsAddress ? _findEmail : _findUsername;
        find.Bind(name.Value);
        using var row = find.ExecuteReader();
        return row.Read() ? row.GetId(0) : null;
    }

    public void Dispose() => Connection.Dispose();
}

internal sealed record StoredRow(long Version, byte[] Document, List<ActivityEntry> Activity);
