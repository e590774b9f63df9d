using AuthCluster.Accounts;
using AuthCluster.EmbeddedHost.Sqlite;

namespace AuthCluster.EmbeddedHost.Tests.Sqlite;

/// <summary>A database in a directory of its own, gone with the test.</summary>
public sealed class TemporaryDatabase : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("authcluster-").FullName;

    public TemporaryDatabase() => Reopen();

    public string DirectoryPath => Path.Combine(_directory, "data");

    public string FilePath => Path.Combine(DirectoryPath, "authcluster.db");

    internal Database Database { get; private set; } = null!;

    internal DataDirectory Lock { get; private set; } = null!;

    internal AccountStore Accounts => new(Database, new AccountRules());

    internal EventLog Log => new(Database);

    internal KeyRingStore Keys => new(Database);

    public void Close()
    {
        Database.Dispose();
        Lock.Dispose();
    }

    public void Reopen()
    {
        Lock = DataDirectory.Open(DirectoryPath);
        Database = Database.Open(Lock);
    }

    public long Count(string what)
    {
        using var connection = Connections.OpenForReading(FilePath);
        using var command = connection.Prepare("SELECT count(*) FROM " + what);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Makes every write fail until the connection is replaced, which is after the failure.</summary>
    public Task FillDiskAsync() => Database.Writer.WriteAsync(new DiskFull());

    public void Dispose()
    {
        Close();
        Directory.Delete(_directory, recursive: true);
    }

    private sealed class DiskFull : Write<bool>
    {
        protected override bool Run(WriterConnection connection)
        {
            // Pages on the free list could still be used; a new database has none.
            connection.Connection.Execute("PRAGMA max_page_count = 1");
            return true;
        }
    }
}
