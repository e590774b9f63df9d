using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>The writer's connection and its prepared statements. Used by the writer's thread alone.</summary>
internal sealed class WriterConnection : IDisposable
{
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;

    public WriterConnection(string path)
    {
        Connection = Connections.OpenForWriting(path);
        _begin = Connection.Prepare("BEGIN IMMEDIATE");
        _commit = Connection.Prepare("COMMIT");
        Accounts = new AccountStatements(Connection);
        Events = new EventStatements(Connection);
        Mails = new MailStatements(Connection);
        Revocations = new RevocationStatements(Connection);
    }

    public SqliteConnection Connection { get; }

    public AccountStatements Accounts { get; }

    public EventStatements Events { get; }

    public MailStatements Mails { get; }

    public RevocationStatements Revocations { get; }

    /// <summary>A page that is written also where nothing changes in it.</summary>
    public void WriteAnything() => Connection.Execute("PRAGMA application_id = 0");

    public void Begin() => _begin.ExecuteNonQuery();

    public void Commit() => _commit.ExecuteNonQuery();

    // Takes the statements with it.
    public void Dispose() => Connection.Dispose();
}
