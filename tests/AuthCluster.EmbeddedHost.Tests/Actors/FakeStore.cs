using System.Collections.Concurrent;
using AuthCluster.Accounts;
using AuthCluster.Emails;
using AuthCluster.EmbeddedHost.Tests.Sqlite;

namespace AuthCluster.EmbeddedHost.Tests.Actors;

/// <summary>A store in memory that can be held up and made to fail.</summary>
internal sealed class FakeStore : IAccountStore
{
    private readonly ConcurrentDictionary<Guid, StoredAccount> _accounts = new();
    private readonly ConcurrentQueue<Func<AccountChange, Task<SaveResult>>> _surprises = new();
    private int _conflicts;
    private int _loads;

    public int Conflicts => _conflicts;

    public int Loads => _loads;

    public bool Unreadable { get; set; }

    public StoredAccount? Stored(Guid id) => _accounts.GetValueOrDefault(id);

    public void Put(AccountState state, long version = 1) => _accounts[state.Id] = new StoredAccount(state, version);

    /// <summary>An account with one session, at version 1.</summary>
    public AccountState PutNew()
    {
        var state = Samples.NewAccount().LogIn();
        Put(state);
        return state;
    }

    /// <summary>What becomes of the next save, in place of what usually does.</summary>
    public void Next(Func<AccountChange, Task<SaveResult>> surprise) => _surprises.Enqueue(surprise);

    public void Next(SaveResult result) => Next(_ => Task.FromResult(result));

    /// <summary>Holds the next save up.</summary>
    /// <returns>Completes when the save has come; and what lets it go on.</returns>
    public (Task Reached, TaskCompletionSource Go) HoldNext()
    {
        var reached = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        Next(async change =>
        {
            reached.SetResult();
            await go.Task;
            return Save(change);
        });
        return (reached.Task, go);
    }

    public async Task<StoredAccount?> LoadAsync(Guid id)
    {
        Interlocked.Increment(ref _loads);
        await Task.Yield();
        return Unreadable ? throw new StateUnavailableException("Unreadable.") : Stored(id);
    }

    public async Task<SaveResult> SaveAsync(AccountChange change)
    {
        await Task.Yield();
        return _surprises.TryDequeue(out var surprise) ? await surprise(change) : Save(change);
    }

    public SaveResult Save(AccountChange change)
    {
        var stored = change.After is null ? null : new StoredAccount(change.After, change.ExpectedVersion + 1);
        lock (_accounts)
        {
            if ((Stored(change.Id)?.Version ?? 0) != change.ExpectedVersion)
            {
                Interlocked.Increment(ref _conflicts);
                return SaveResult.VersionConflict;
            }

            if (stored is null)
                _accounts.TryRemove(change.Id, out _);
            else
                _accounts[change.Id] = stored;
            return SaveResult.Saved;
        }
    }

    public Task<Guid?> FindAsync(LoginName name) => Task.FromResult<Guid?>(null);
}
