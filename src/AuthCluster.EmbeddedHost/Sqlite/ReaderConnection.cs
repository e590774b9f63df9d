using AuthCluster.Emails;
using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>A connection that only reads, with the statements of the paths that are walked often. Used by one thread at a time.</summary>
internal sealed class ReaderConnection : IDisposable
{
    private readonly SqliteCommand _load;
    private readonly SqliteCommand _find;

    public ReaderConnection(string path)
    {
        Connection = Connections.OpenForReading(path);
        _load = Connection.Prepare("SELECT version, document FROM accounts WHERE id = $id", ("$id", SqliteType.Blob));
        _find = Connection.Prepare("SELECT id FROM accounts WHERE email = $email", ("$email", SqliteType.Text));
    }

    public SqliteConnection Connection { get; }

    public (long Version, byte[] Document)? LoadAccount(Guid id)
    {
        _load.Bind(id.Stored());
        using var row = _load.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), row.GetFieldValue<byte[]>(1)) : null;
    }

    public Guid? FindAccount(CanonicalEmail email)
    {
        _find.Bind(email.Value);
        using var row = _find.ExecuteReader();
        return row.Read() ? row.GetId(0) : null;
    }

    public void Dispose() => Connection.Dispose();
}
