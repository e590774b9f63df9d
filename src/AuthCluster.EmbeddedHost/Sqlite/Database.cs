using AuthCluster.Http.Files;
using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>The database of the embedded host: one file, one writer, a few readers.</summary>
internal sealed class Database : IDisposable
{
    private readonly string _path;

    private Database(string path)
    {
        _path = path;
        Writer = new Writer(path);
        Readers = new Readers(path, Writer);
    }

    public Writer Writer { get; }

    public Readers Readers { get; }

    /// <summary>Bytes of the write-ahead log.</summary>
    public long LogSize => new FileInfo(_path + "-wal") is { Exists: true } log ? log.Length : 0;

    /// <exception cref="BadConfigurationException">It cannot be opened, or a newer program wrote it.</exception>
    public static Database Open(DataDirectory directory) => Open(directory.DatabasePath, Schema.Steps);

    /// <summary>For what only looks at it, also while a server runs on it.</summary>
    public static Database OpenToRead(string path) => new(path);

    internal static Database Open(string path, IReadOnlyList<string> steps)
    {
        try
        {
            // Only here, before any connection: POSIX drops every lock that a process has on a file when it closes any handle to it. Without
            // SQLite's own lock, the next tool that looks into the database takes itself for the last one and deletes the write-ahead log.
            PrivateFile.Ensure(path);
            using var connection = Connections.OpenForWriting(path);
            Schema.Migrate(connection, steps);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new BadConfigurationException($"The database {path} cannot be opened: {error.Message}", error);
        }

        return new Database(path);
    }

    public void Dispose()
    {
        // The writer last: as the last connection it leaves one file, with nothing in the write-ahead log.
        Readers.Dispose();
        Writer.Dispose();
    }
}
