using AuthCluster.Accounts;
using AuthCluster.Emails;
using AuthCluster.EmbeddedHost.Sqlite;

namespace AuthCluster.Benchmarks.Writes;

/// <summary>
/// The store that the writer is compared with: the same statements on the same kind of connection, but each save in a transaction of
/// its own, and on the caller's thread, which spares it the way to the writer's and back.
/// </summary>
internal sealed class OneCommitPerSave(IAccountStore reading, string path) : IAccountStore, IDisposable
{
    private readonly WriterConnection _connection = new(path);
    private readonly SemaphoreSlim _turn = new(1, 1);

    public Task<StoredAccount?> LoadAsync(Guid id) => reading.LoadAsync(id);

    public Task<Guid?> FindAsync(LoginName name) => reading.FindAsync(name);

    public async Task<SaveResult> SaveAsync(AccountChange change)
    {
        var save = new AccountSave(change);
        await _turn.WaitAsync();
        try
        {
            _connection.Begin();
            save.Execute(_connection);
            _connection.Commit();
        }
        finally
        {
            _turn.Release();
        }

        save.Complete();
        return await save.Completion;
    }

    public void Dispose()
    {
        _connection.Dispose();
        _turn.Dispose();
    }
}
