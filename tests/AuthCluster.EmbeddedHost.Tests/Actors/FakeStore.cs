using System.Collections.Concurrent;
using AuthCluster.Accounts;
using AuthCluster.Emails;

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

    /// <summary>What becomes of the next save, in place of what usually does.</summary>
    public void Next(Func<AccountChange, Task<SaveResult>> surprise) => _surprises.Enqueue(surprise);

    public void Next(SaveResult result) => Next(_ => Task.FromResult(result));

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

    public Task<Guid?> FindAsync(CanonicalEmail email) => Task.FromResult<Guid?>(null);
}

/// <summary>A clock that the test moves. Timers never fire: the tests sweep.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time) => Interlocked.Add(ref _passed, time.Ticks);

    public override DateTimeOffset GetUtcNow() => Sqlite.Samples.Noon + TimeSpan.FromTicks(Interlocked.Read(ref _passed));

    public override long GetTimestamp() => Interlocked.Read(ref _passed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

    private sealed class Never : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
