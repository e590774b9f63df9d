using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Leases;
using AuthCluster.OrleansHost.Leases;
using AuthCluster.OrleansHost.Storage;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>
/// One account in memory. A turn goes: load if cold, let the act decide, save, take the copies of its standing back, answer. Between turns
/// a grain holds the account as it is stored; one that cannot (no such account, nobody knows what is stored, or another silo may have
/// taken over) reads the store in its next turn.
/// </summary>
/// <remarks>
/// Orleans may for a moment run two activations of one grain. Each save names the record that was read (ETag), so that only one of
/// them gets anything done, and <see cref="Tenancy"/> sees to it that the other one notices before the first answers.
/// </remarks>
[GrainType("account")]
[SuppressMessage("Design", "CA1001", Justification = "A semaphore has nothing to dispose of until its wait handle is asked for.")]
internal sealed class AccountGrain : Grain, IAccountGrain
{
    // Orleans gives one act after the other; claims, which interleave with them, take a turn, too.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly OwnedState<AccountRecord> _record;
    private readonly Tenancy _tenancy;
    private readonly Lender _lender;
    private readonly AccountRules _rules;
    private readonly TimeProvider _time;
    private AccountState? _state;
    private Standing? _standing;
    private Outbox _outbox = Outbox.Empty;
    private IGrainTimer? _leaving;

    public AccountGrain(
        [PersistentState("account", ClusterStorage.Name)] IPersistentState<AccountRecord> stored, Lender lender, AccountRules rules, TimeProvider time)
    {
        _record = new OwnedState<AccountRecord>(stored);
        _tenancy = new Tenancy(lender, this.GetPrimaryKey(), _record);
        (_lender, _rules, _time) = (lender, rules, time);
    }

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

    public async Task<LeasedAnswer<Standing>> AskStandingAsync(Guid holder)
    {
        await _turn.WaitAsync();
        try
        {
            await LoadAsync();
            return new LeasedAnswer<Standing>(_standing, _lender.Id, _standing is null ? null : _tenancy.Lend(holder));
        }
        finally
        {
            EndTurn();
        }
    }

    public async Task<ImportAnswer> ImportAsync(byte[] document)
    {
        await _turn.WaitAsync();
        try
        {
            await LoadAsync();
            if (_state is not null || _record.Value.WasDeleted)
                return ImportAnswer.Known;
            switch (await SaveAsync(AccountDocument.Read(document), []))
            {
                case SaveResult.Saved:
                    return ImportAnswer.Imported;
                case SaveResult.EmailTaken:
                    return ImportAnswer.EmailTaken;
                default:
                    Forget();
                    throw WrittenByAnother();
            }
        }
        finally
        {
            EndTurn();
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // A silo that stops takes everything back at once.
        if (reason.ReasonCode == DeactivationReasonCode.ActivationIdle)
            await _tenancy.LeaveAsync();
        else
            _tenancy.Forget();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    public async Task<ClaimAnswer> ResolveClaimAsync(string emailKey)
    {
        if (!_turn.Wait(0))
            return ClaimAnswer.Undecided;
        try
        {
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

    private void EndTurn()
    {
        if (_state is null)
            _leaving ??= this.LeaveSoon(() => _state is null);
        else if (_state.HasAttemptUnderWay(_time.GetUtcNow()))
            DelayDeactivation(AttemptBudget.ReservationLifetime);
        _turn.Release();
    }

    private async Task<Outcome<TResult>> DecideAsync<TResult>(Act<TResult> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            await LoadAsync();
            var decision = act.Decide(_state, Moment.Of(_time, _rules));
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
                    throw WrittenByAnother();
            }
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            while (await _tenancy.EnsureAsync() && !await TakeInAsync())
            {
                // Another activation was faster.
            }
        }
        catch
        {
            // What could not be read is not taken for an account that does not exist.
            Forget();
            throw;
        }
    }

    /// <summary>Takes what was read into memory. False where it is to be read once more.</summary>
    private async Task<bool> TakeInAsync()
    {
        _outbox = Outbox.Of(_record.Value.Outbox);
        Publish(ReadDocument());
        if (_state is { IsActiveAdministrator: true } && !await TryJoinAdministratorsAsync())
            return false;
        await _outbox.SendAsync(Id, GrainFactory, _time);
        return true;
    }

    private async Task<SaveResult> SaveAsync(AccountState? changed, ImmutableArray<ActivityEntry> events)
    {
        var claims = new Claims(Id, _record.Value.Version, _state, changed, GrainFactory);
        try
        {
            var result = await claims.PrepareAsync();
            if (result != SaveResult.Saved)
                return result;
            if (!await TryWriteAsync(changed, _outbox.With(events)))
                return SaveResult.VersionConflict;
        }
        catch
        {
            // Nobody knows whether it was stored. Token checks wait for the store now, too.
            Forget();
            throw;
        }

        await claims.SettleAsync();
        return SaveResult.Saved;
    }

    private async Task<bool> TryWriteAsync(AccountState? changed, Outbox outbox)
    {
        _record.Prepare(new AccountRecord
        {
            Document = changed is null ? null : AccountDocument.Write(changed),
            Version = _record.Value.Version + 1,
            Outbox = outbox.Entries,
            WasDeleted = changed is null && (_state is not null || _record.Value.WasDeleted),
        });
        var copiesStayTrue = changed is not null && _standing?.Shows(changed) == true;
        if (!await _tenancy.SaveAsync(copiesStayTrue, onceStored: () => outbox.SendAsync(Id, GrainFactory, _time)))
            return false;
        _outbox = outbox;
        Publish(changed);
        return true;
    }

    /// <summary>Stores the account as it is. False where the record was not the one that was read.</summary>
    private async Task<bool> FenceAsync()
    {
        try
        {
            if (await TryWriteAsync(_state, _outbox))
                return true;
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
            if (await administrators.JoinAsync(Id, _record.Value.Version))
                return true;
            if (!await FenceAsync())
                return false;
            await administrators.JoinAsync(Id, _record.Value.Version);
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
            return _record.Value.Document is { } document ? AccountDocument.Read(document) : null;
        }
        catch (JsonException error)
        {
            throw new StateUnavailableException($"The stored account {Id} cannot be read.", error);
        }
    }

    private StateUnavailableException WrittenByAnother() => new($"The account {Id} is being written by somebody else.");

    private void Publish(AccountState? state)
    {
        _state = state;
        _standing = state is null ? null : Standing.Of(state);
    }

    private void Forget()
    {
        _tenancy.Forget();
        Publish(null);
    }
}
