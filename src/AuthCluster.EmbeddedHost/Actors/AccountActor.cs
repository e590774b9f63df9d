using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using AuthCluster.Accounts;

namespace AuthCluster.EmbeddedHost.Actors;

/// <summary>
/// One account in memory. A turn goes: load if cold, let the act decide, save, publish the new standing, answer. Between turns an
/// actor holds the account as it is stored; one that cannot (no such account, or nobody knows what is stored) retires, and whoever
/// waits for it goes on to its successor, which reads the store. So there are never two of one account that do anything.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore has nothing to dispose of until its wait handle is asked for.")]
internal sealed class AccountActor(Guid id, EmbeddedAccounts accounts, IAccountStore store) : IAccount
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private AccountState? _state;
    private long _version;
    private bool _retired;
    private volatile Standing? _standing;
    private long _lastUsed = accounts.CoarseNow;

    public Guid Id => id;

    /// <summary>What token checks read; <c>null</c> while the account is cold.</summary>
    public Standing? Standing => _standing;

    public async Task<Outcome<TResult>> PerformAsync<TResult>(Act<TResult> act)
    {
        if (!await BeginTurnAsync())
            return await accounts.For(id).PerformAsync(act);
        try
        {
            return await DecideAsync(act);
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
            if (_state is null)
                await LoadAsync();
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
            if (_state?.HasAttemptUnderWay(accounts.Moment().Now) is not true)
                Retire();
        }
        finally
        {
            _turn.Release();
        }
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
        if (_state is null)
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

    private async Task<Outcome<TResult>> DecideAsync<TResult>(Act<TResult> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (_state is null)
                await LoadAsync();
            var decision = act.Decide(_state, accounts.Moment());
            if (!decision.MustBeStored)
            {
                _state = decision.State;
                return decision.Outcome;
            }

            switch (await SaveAsync(decision.State, decision.Events))
            {
                case SaveResult.Saved:
                    return decision.Outcome;
                case SaveResult.EmailTaken:
                    return Refusal.EmailTaken;
                case SaveResult.LastAdministrator:
                    return Refusal.LastAdministrator;
                case SaveResult.VersionConflict when attempt == 1:
                    Forget();
                    break;
                default:
                    Forget();
                    throw new StateUnavailableException($"The account {id} is being written by somebody else.");
            }
        }
    }

    private async Task LoadAsync()
    {
        var stored = await store.LoadAsync(id);
        Publish(stored?.State, stored?.Version ?? 0);
    }

    private async Task<SaveResult> SaveAsync(AccountState? changed, ImmutableArray<ActivityEntry> events)
    {
        try
        {
            var result = await store.SaveAsync(new AccountChange(id, _version, _state, changed, events));
            if (result == SaveResult.Saved)
                Publish(changed, _version + 1);
            return result;
        }
        catch
        {
            // Nobody knows whether it was stored. Token checks wait for the store now, too.
            Forget();
            throw;
        }
    }

    private void Publish(AccountState? state, long version)
    {
        _state = state;
        _version = version;
        _standing = state is null ? null : Standing.Of(state);
    }

    private void Forget() => Publish(state: null, version: 0);
}
