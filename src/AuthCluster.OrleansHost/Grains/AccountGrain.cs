using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.OrleansHost.Storage;
using Orleans.Storage;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>
/// One account in memory. A turn goes: load if cold, let the act decide, save, publish the new standing, answer. Between turns a grain
/// holds the account as it was stored; one that cannot (no such account, or nobody knows what is stored) reads the store in its next turn.
/// </summary>
/// <remarks>
/// Orleans may for a moment run two activations of one grain. Each save names the record that was read (ETag), so that only one of
/// them gets anything done; the other one forgets what it held.
/// </remarks>
[GrainType("account")]
[SuppressMessage("Design", "CA1001", Justification = "A semaphore has nothing to dispose of until its wait handle is asked for.")]
internal sealed class AccountGrain(
    [PersistentState("account", ClusterStorage.Name)] IPersistentState<AccountRecord> stored, AccountRules rules, TimeProvider time)
    : Grain, IAccountGrain
{
    // Orleans gives one act after the other; what interleaves with them (claims, cold standings) takes a turn, too.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private AccountState? _state;
    private Standing? _standing;
    private Outbox _outbox = Outbox.Empty;
    private bool _wasJustRead = true;
    private IGrainTimer? _leaving;

    private Guid Id => this.GetPrimaryKey();

    public async Task<Outcome<TResult>> PerformAsync<TResult>(Act<TResult> act)
    {
        await _turn.WaitAsync();
        try
        {
            return await DecideAsync(act);
        }
        finally
        {
            EndTurn();
        }
    }

    public Task<Standing?> GetStandingAsync() => _standing is { } standing ? Task.FromResult<Standing?>(standing) : LoadStandingAsync();

    public async Task<ClaimAnswer> ResolveClaimAsync(string emailKey)
    {
        if (!_turn.Wait(0))
            return ClaimAnswer.Undecided;
        try
        {
            if (_state is null)
                await LoadAsync();
            // Another activation may be about to save. Both answers are given only once nothing of that can be stored any more.
            if (!await FenceAsync())
                return ClaimAnswer.Undecided;
            return EmailKey.Of(_state) == emailKey ? ClaimAnswer.Holds : ClaimAnswer.Free;
        }
        finally
        {
            EndTurn();
        }
    }

    private async Task<Standing?> LoadStandingAsync()
    {
        await _turn.WaitAsync();
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

    private void EndTurn()
    {
        if (_state is null)
            _leaving ??= this.LeaveSoon(() => _state is null);
        else if (_state.HasGuessUnderWay(time.GetUtcNow()))
            DelayDeactivation(GuessBudget.ReservationLifetime);
        _turn.Release();
    }

    private async Task<Outcome<TResult>> DecideAsync<TResult>(Act<TResult> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (_state is null)
                await LoadAsync();
            var decision = act.Decide(_state, Moment.Of(time, rules));
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
                    throw new StateUnavailableException($"The account {Id} is being written by somebody else.");
            }
        }
    }

    private async Task LoadAsync()
    {
        do
        {
            // An activation begins with a read.
            if (!_wasJustRead)
                await stored.ReadStateAsync();
            _wasJustRead = false;
            _outbox = Outbox.Of(stored.State.Outbox);
            Publish(ReadDocument());
        }
        while (_state is { IsActiveAdministrator: true } && !await TryJoinAdministratorsAsync());
        await _outbox.SendAsync(Id, GrainFactory, time);
    }

    private async Task<SaveResult> SaveAsync(AccountState? changed, ImmutableArray<ActivityEntry> events)
    {
        var claims = new Claims(Id, stored.State.Version, _state, changed, GrainFactory);
        try
        {
            var result = await claims.PrepareAsync();
            if (result != SaveResult.Saved)
                return result;
            await WriteAsync(changed, _outbox.With(events));
        }
        catch (InconsistentStateException)
        {
            return SaveResult.VersionConflict;
        }
        catch
        {
            // Nobody knows whether it was stored. Token checks wait for the store now, too.
            Forget();
            throw;
        }

        await claims.SettleAsync();
        await _outbox.SendAsync(Id, GrainFactory, time);
        return SaveResult.Saved;
    }

    private async Task WriteAsync(AccountState? changed, Outbox outbox)
    {
        stored.State = new AccountRecord
        {
            Document = changed is null ? null : AccountDocument.Write(changed),
            Version = stored.State.Version + 1,
            Outbox = outbox.Entries,
        };
        await stored.WriteStateAsync();
        _outbox = outbox;
        Publish(changed);
    }

    /// <summary>Stores the account as it is. False where the record was not the one that was read.</summary>
    private async Task<bool> FenceAsync()
    {
        try
        {
            await WriteAsync(_state, _outbox);
            return true;
        }
        catch (InconsistentStateException)
        {
            Forget();
            return false;
        }
        catch
        {
            Forget();
            throw;
        }
    }

    /// <summary>
    /// The administrators' grain may have this account as leaving: then a save that would have demoted it failed, or another activation is
    /// about to make it. The fence decides which; false where the other one was faster.
    /// </summary>
    private async Task<bool> TryJoinAdministratorsAsync()
    {
        var administrators = GrainFactory.GetGrain<IAdministratorsGrain>(0);
        try
        {
            if (await administrators.JoinAsync(Id, stored.State.Version))
                return true;
            if (!await FenceAsync())
                return false;
            await administrators.JoinAsync(Id, stored.State.Version);
        }
        catch (StateUnavailableException)
        {
            // One administrator too few is known of: at worst another one cannot leave until this account is loaded again.
        }

        return true;
    }

    private AccountState? ReadDocument()
    {
        try
        {
            return stored.State.Document is { } document ? AccountDocument.Read(document) : null;
        }
        catch (JsonException error)
        {
            throw new StateUnavailableException($"The stored account {Id} cannot be read.", error);
        }
    }

    private void Publish(AccountState? state)
    {
        _state = state;
        _standing = state is null ? null : Standing.Of(state);
    }

    private void Forget() => Publish(null);
}
