using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Leases;
using AuthCluster.OrleansHost.AccountIndex;
using AuthCluster.OrleansHost.EventLog;
using AuthCluster.OrleansHost.Feed;
using AuthCluster.OrleansHost.Leases;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>The stored record of one account, and what an activation goes by while the record is its own.</summary>
internal sealed class OwnedAccount : IHeldAccount
{
    /// <summary>An act waits no longer for lists to follow.</summary>
    private static readonly TimeSpan IndexPatience = TimeSpan.FromSeconds(1);

    private readonly OwnedState<AccountRecord> _record;
    private readonly Tenancy _tenancy;
    private readonly Lender _lender;
    private readonly AccountFiling _filing;
    private readonly AccountTidings _tidings;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;

    // A deleted account does not come back: neither a registration nor an import takes its id. So a dead token, asked about again and
    // again, costs no read of the store each time.
    private bool _isGone;
    private bool _isIndexed;
    private Outbox _outbox = Outbox.Empty;

    public OwnedAccount(
        Guid id, IPersistentState<AccountRecord> stored, Lender lender, AccountFiling filing, AccountTidings tidings, IGrainFactory grains, TimeProvider time)
    {
        Id = id;
        _record = new OwnedState<AccountRecord>(stored);
        _tenancy = new Tenancy(lender, id, _record);
        (_lender, _filing, _tidings, _grains, _time) = (lender, filing, tidings, grains, time);
    }

    public Guid Id { get; }

    public AccountState? State { get; set; }

    public Standing? Standing { get; private set; }

    public long Version => _record.Value.Version;

    /// <summary>Whether there was an account under this id, and is none any more.</summary>
    public bool WasDeleted => _record.Value.WasDeleted;

    public async Task LoadAsync()
    {
        if (_isGone)
            return;
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

    public async Task<SaveResult> SaveAsync(AccountChange change)
    {
        var claims = new Claims(change, _grains, _time);
        var result = await claims.PrepareAsync();
        if (result != SaveResult.Saved)
            return result;
        if (change.HasNewMail)
            await ListForMailAsync();
        if (!await TryWriteAsync(change))
            return SaveResult.VersionConflict;
        await claims.SettleAsync();
        await IndexAsync(change.Before?.ListedName, change.After?.ListedName);
        return SaveResult.Saved;
    }

    /// <summary>
    /// Stores the account as it is. False where the record was not the one that was read. Where it was, nothing can be stored any more that
    /// another activation decided on before.
    /// </summary>
    public async Task<bool> FenceAsync()
    {
        try
        {
            if (await TryWriteAsync(new AccountChange(Id, Version, State, State, [])))
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

    /// <summary>What this holder may keep; without a lease where it must ask each time.</summary>
    public LeasedAnswer<Standing> AnswerTo(Guid holder) => new(Standing, _lender.Id, Standing is null ? null : _tenancy.Lend(holder));

    public void Publish(AccountState? state)
    {
        Telemetry.CountResident(State, state);
        State = state;
        Standing = state is null ? null : Standing.Of(state);
    }

    public void Forget()
    {
        _isGone = false;
        _tenancy.Forget();
        Publish(null);
    }

    /// <summary>Takes all copies back: the activation goes.</summary>
    public Task LeaveAsync() => _tenancy.LeaveAsync();

    /// <summary>Takes what was read into memory. False where it is to be read once more.</summary>
    private async Task<bool> TakeInAsync()
    {
        _outbox = Outbox.Of(_record.Value.Outbox);
        _filing.Restart(_record.Value.FiledThrough);
        // Nobody is told that a token is dead, by a check or a refused act, before the feed is.
        await _tidings.RestartAsync(_record.Value.Revocations);
        Publish(ReadDocument());
        _isGone = WasDeleted && State is null;
        if (State is { IsActiveAdministrator: true } && !await TryJoinAdministratorsAsync())
            return false;
        await _outbox.SendAsync(Id, _grains, _time);
        _isIndexed = _record.Value.IsIndexed;
        if (!_isIndexed && State is not null)
            await IndexAsync(before: null, State.ListedName);
        if (State is { Mails.IsEmpty: false })
            await ListForMailAsync();
        return true;
    }

    /// <summary>Before a mail is stored. An act does not fail for a sender that is away: the account is listed when it is next loaded.</summary>
    private async Task ListForMailAsync()
    {
        try
        {
            await _grains.WaitingMailsOf(Id).AddAsync(Id).WaitAsync(IndexPatience, _time);
        }
        catch (Exception late) when (late is StateUnavailableException or TimeoutException)
        {
            // The mail is stored with the account.
        }
    }

    /// <summary>Lists of accounts follow what is stored. Where the index is out of reach, the next load makes up for it.</summary>
    private async Task IndexAsync(string? before, string? after)
    {
        if (before == after)
            return;
        var index = new ClusterAccountIndex(_grains);
        try
        {
            _isIndexed = false;
            if (after is not null)
                await index.AddAsync(after, Id).WaitAsync(IndexPatience, _time);
            if (before is not null)
                await index.RemoveAsync(before, Id).WaitAsync(IndexPatience, _time);
            _isIndexed = after is not null;
        }
        catch (Exception late) when (late is StateUnavailableException or TimeoutException)
        {
            // The account is stored, whatever lists show of it.
        }
    }

    private async Task<bool> TryWriteAsync(AccountChange change)
    {
        var outbox = _outbox.With(change.Effects);
        var told = Task.CompletedTask;
        _record.Prepare(new AccountRecord
        {
            Document = change.After is null ? null : AccountDocument.Write(change.After),
            Version = change.ExpectedVersion + 1,
            Outbox = outbox.Entries,
            FiledThrough = _filing.Through,
            WasDeleted = change.After is null && (change.Before is not null || WasDeleted),
            IsIndexed = _isIndexed && change.Before?.ListedName == change.After?.ListedName,
            Revocations = _tidings.With(change.Revocations),
        });
        if (!await _tenancy.SaveAsync(change.LeavesCopiesTrue, onceStored: () =>
        {
            told = _tidings.TellAsync(change.Revocations);
            return Task.WhenAll(outbox.SendAsync(Id, _grains, _time), _filing.FollowAsync(change));
        }))
            return false;
        await told;
        _outbox = outbox;
        _isGone = false;
        return true;
    }

    /// <summary>
    /// The administrators' grain may have this account as leaving: then a save that would have demoted it failed, or another activation is
    /// about to make it. The fence decides which; false where the other one was faster.
    /// </summary>
    private async Task<bool> TryJoinAdministratorsAsync()
    {
        try
        {
            if (await JoinAsync())
                return true;
            if (!await FenceAsync())
                return false;
            await JoinAsync();
        }
        catch (StateUnavailableException)
        {
            // One administrator too few is known of: at worst another one cannot leave until this account is loaded again.
        }

        return true;

        Task<bool> JoinAsync() => _grains.Administrators().JoinAsync(Id, Version).InTimeAsync(_time);
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
}
