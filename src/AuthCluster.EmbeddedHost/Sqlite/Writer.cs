using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>
/// The only one who writes. What waits while a transaction is being committed goes into the next one together, so that one wait for
/// the disk serves all of them (group commit).
/// </summary>
internal sealed class Writer : IDisposable
{
    private const int BatchLimit = 512;

    // More than this behind, waiting would only make it worse.
    private const int QueueLimit = 16_384;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<Write> _waiting = new(QueueLimit);
    private readonly List<Write> _batch = new(BatchLimit);
    private readonly string _path;
    private readonly Thread _thread;
    private WriterConnection? _connection;
    private volatile bool _isFailing;
    private volatile bool _isUnsettled;

    public Writer(string path)
    {
        _path = path;
        _thread = new Thread(Run) { IsBackground = true, Name = "Database writer" };
        _thread.Start();
    }

    /// <summary>The last commit failed. It is tried again without anybody's asking, so that this ends when the disk works again.</summary>
    public bool IsFailing => _isFailing;

    /// <summary>
    /// A commit failed that may all the same be on the disk in full, and come to light at the next start. Nobody knows what is stored until
    /// another commit has gone over it.
    /// </summary>
    public bool IsUnsettled => _isUnsettled;

    /// <summary>Called on the writer's thread with the revocations that are stored now, before any of their writes completes.</summary>
    public Action<StoredRevocations>? Revoked { get; set; }

    /// <summary>Durable when the task completes.</summary>
    /// <exception cref="StateUnavailableException">It could not be stored, or it is not known whether it was.</exception>
    public Task<TResult> WriteAsync<TResult>(Write<TResult> write)
    {
        try
        {
            return _waiting.TryAdd(write)
                ? write.Completion
                : Task.FromException<TResult>(new StateUnavailableException("The database cannot keep up with what is to be written."));
        }
        catch (InvalidOperationException)
        {
            return Task.FromException<TResult>(new StateUnavailableException("The database is closed."));
        }
    }

    /// <summary>Writes what waits, then ends.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _waiting.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            if (_waiting.TryTake(out var first, _isFailing ? RetryInterval : Timeout.InfiniteTimeSpan))
                _batch.Add(first);
            else if (_waiting.IsCompleted)
                break;
            Commit();
            _batch.Clear();
        }

        Close();
    }

    /// <summary>Leaves nothing in the write-ahead log: whoever copies the file of a stopped server has all of it.</summary>
    private void Close()
    {
        try
        {
            _connection?.Connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // The next start takes in what is in the log.
        }

        Reset();
    }

    private void Commit()
    {
        var isCommitting = false;
        try
        {
            _connection ??= new WriterConnection(_path);
            _connection.Begin();
            if (_isFailing)
                _connection.WriteAnything();
            Execute(_connection);
            isCommitting = true;
            _connection.Commit();
        }
        catch (Exception error)
        {
            // On a full disk the record that ends a transaction is not there. It is there, perhaps, where waiting for the disk failed.
            _isUnsettled |= isCommitting && error is not SqliteException { SqliteErrorCode: raw.SQLITE_FULL };
            _isFailing = true;
            Reset();
            foreach (var write in _batch)
                write.Fail(new StateUnavailableException("The database could not be written.", error));
            return;
        }

        (_isFailing, _isUnsettled) = (false, false);
        if (_connection.Revocations.TakeInserted() is { } revoked)
            Revoked?.Invoke(revoked);
        foreach (var write in _batch)
            write.Complete();
    }

    private void Execute(WriterConnection connection)
    {
        foreach (var write in _batch)
            write.Execute(connection);
        // Until nothing waits, not only what waited at the beginning: what came meanwhile is spared a wait for the disk of its own.
        while (_batch.Count < BatchLimit && _waiting.TryTake(out var next))
        {
            _batch.Add(next);
            next.Execute(connection);
        }
    }

    /// <summary>After a failure nobody knows what state the connection is in. Closing it rolls back; the next batch opens another.</summary>
    private void Reset()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (SqliteException)
        {
            // The failure to report is the one that led here.
        }

        _connection = null;
    }
}
