using System.Diagnostics.CodeAnalysis;
using AuthCluster.Accounts;

namespace AuthCluster.EmbeddedHost.Actors;

/// <summary>
/// One account in memory. Between turns an actor holds the account as it is stored; one that cannot (no such account, or nobody knows what is
/// stored) retires, and a caller that waits for it goes on to its successor, which reads the store. So there are never two of one account that do
/// anything.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore has nothing to dispose of until its wait handle is asked for.")]
internal sealed class AccountActor(Guid id, EmbeddedAccounts accounts, IAccountStore store) : IAccount, IHeldAccount
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _retired;
    private volatile Standing? _standing;
    private long _lastUsed = accounts.CoarseNow;

    public Guid Id => id;

    public AccountState? State { get; set; }

    public long Version { get; private set; }

    /// <summary>What token checks read; <c>null</c> while the account is cold.</summary>
    public Standing? Standing => _standing;

    public async Task<Outcome<TResult>> PerformAsync<TResult>(Act<TResult> act)
    {
        if (!await BeginTurnAsync())
            return await accounts.For(id).PerformAsync(act);
        try
        {
            return await accounts.RunAsync(this, act);
        }
        finally
        {
            EndTurn();
        }
    }

    public async Task<Standing?> LoadStandingAsync()
    {
        if (!await BeginTurnAsync())
            return await accounts.For(id).LoadStandingAsync();
        try
        {
            await LoadAsync();
            if (_standing is null)
                accounts.NoteAbsent(id);
            return _standing;
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary>Notes the use. Writes only what changed: a write takes the cache line from every core that checks a token of this account.</summary>
    public void Touch()
    {
        var now = accounts.CoarseNow;
        if (Volatile.Read(ref _lastUsed) != now)
            Volatile.Write(ref _lastUsed, now);
    }

    public void RetireIfIdle()
    {
        // Where a turn runs, or somebody waits for one, the account is in use.
        if (!accounts.IsIdleSince(Volatile.Read(ref _lastUsed)) || !_turn.Wait(0))
            return;
        try
        {
            if (State?.HasAttemptUnderWay(accounts.Now) is not true)
                Retire();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task LoadAsync()
    {
        if (State is not null)
            return;
        var stored = await store.LoadAsync(id);
        Version = stored?.Version ?? 0;
        Publish(stored?.State);
    }

    public async Task<SaveResult> SaveAsync(AccountChange change)
    {
        var result = await store.SaveAsync(change);
        if (result == SaveResult.Saved)
            Version = change.ExpectedVersion + 1;
        return result;
    }

    public void Publish(AccountState? state)
    {
        Telemetry.CountResident(State, state);
        State = state;
        _standing = state is null ? null : Standing.Of(state);
        if (state is not null)
            accounts.NotePresent(id);
    }

    public void Forget()
    {
        Version = 0;
        Publish(state: null);
    }

    private async Task<bool> BeginTurnAsync()
    {
        await _turn.WaitAsync();
        if (_retired)
        {
            _turn.Release();
            return false;
        }

        Touch();
        return true;
    }

    private void EndTurn()
    {
        if (State is null)
            Retire();
        _turn.Release();
    }

    /// <summary>Within a turn: who takes the next one sees it, and finds this actor gone from the dictionary.</summary>
    private void Retire()
    {
        _retired = true;
        Forget();
        accounts.Remove(this);
    }
}
