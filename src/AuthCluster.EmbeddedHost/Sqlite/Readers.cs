using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>
/// A few connections for reading, beside the writer. A read runs on the thread that asks: SQLite knows no other way, a page in memory
/// takes some 20 µs, and their number bounds how many threads a slow disk can hold.
/// </summary>
internal sealed class Readers(string path, Writer writer) : IDisposable
{
    private const int Limit = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _free = new(Limit);
    private readonly ConcurrentBag<ReaderConnection> _idle = [];

    /// <exception cref="StateUnavailableException">The database could not be read.</exception>
    public async Task<T> ReadAsync<T>(Func<ReaderConnection, T> read)
    {
        if (writer.IsUnsettled)
            throw new StateUnavailableException("Nobody knows what is stored: a commit failed, and may come to light at the next start.");
        await _free.WaitAsync();
        ReaderConnection? connection = null;
        try
        {
            connection = _idle.TryTake(out var idle) ? idle : new ReaderConnection(path);
            var result = read(connection);
            _idle.Add(connection);
            return result;
        }
        catch (SqliteException error)
        {
            connection?.Dispose();
            throw new StateUnavailableException("The database could not be read.", error);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for reads that are under way, within reason: a connection that stays open keeps the writer from emptying its log.</summary>
    public void Dispose()
    {
        for (var place = 0; place < Limit; place++)
            _free.Wait(Patience);
        while (_idle.TryTake(out var connection))
            connection.Dispose();
        _free.Dispose();
    }
}
