using AuthCluster.Accounts;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>
/// What a save takes or leaves outside the account's own record: its address, its place among the administrators. It is claimed before
/// the save and settled after it. A crash in between leaves a claim that is neither, and a grain that comes across it asks the account.
/// </summary>
internal sealed class Claims(AccountChange change, IGrainFactory grains, TimeProvider time)
{
    private readonly bool _wasAdministrator = change.Before is { IsActiveAdministrator: true };
    private readonly bool _isAdministrator = change.After is { IsActiveAdministrator: true };

    private IEmailGrain? TakenEmail => change.After?.Email == change.Before?.Email ? null : EmailOf(change.After);

    private IEmailGrain? LeftEmail => change.After?.Email == change.Before?.Email ? null : EmailOf(change.Before);

    /// <summary>Before the save; what it answers is why the save must not be.</summary>
    public async Task<SaveResult> PrepareAsync()
    {
        if (TakenEmail is { } taken && !await taken.ReserveAsync(change.Id))
            return SaveResult.EmailTaken;
        if (_wasAdministrator && !_isAdministrator && !await grains.Administrators().LeaveAsync(change.Id, change.ExpectedVersion).InTimeAsync(time))
            return SaveResult.LastAdministrator;
        if (LeftEmail is { } left)
            await left.BeginReleaseAsync(change.Id);
        return SaveResult.Saved;
    }

    /// <summary>After the save. It has happened, whatever becomes of this.</summary>
    public async Task SettleAsync()
    {
        try
        {
            if (TakenEmail is { } taken)
                await taken.ConfirmAsync(change.Id);
            if (LeftEmail is { } left)
                await left.ReleaseAsync(change.Id);
            if (_isAdministrator && !_wasAdministrator)
                await grains.Administrators().JoinAsync(change.Id, change.ExpectedVersion + 1).InTimeAsync(time);
        }
        catch (StateUnavailableException)
        {
            // A claim that was not settled is resolved by asking this account; an administrator joins when it is loaded.
        }
    }

    private IEmailGrain? EmailOf(AccountState? account) => EmailKey.Of(account) is { } key ? grains.GetGrain<IEmailGrain>(key) : null;
}
