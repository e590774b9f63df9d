using AuthCluster.Accounts;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>
/// What a save takes or leaves outside the account's own record: its address, its place among the administrators. It is claimed before
/// the save and settled after it. A crash in between leaves a claim that is neither, and those who come across it ask the account.
/// </summary>
internal sealed class Claims(Guid id, long version, AccountState? before, AccountState? after, IGrainFactory grains)
{
    private readonly bool _wasAdministrator = before is { IsActiveAdministrator: true };
    private readonly bool _isAdministrator = after is { IsActiveAdministrator: true };

    private IEmailGrain? TakenEmail => after?.Email == before?.Email ? null : EmailOf(after);

    private IEmailGrain? LeftEmail => after?.Email == before?.Email ? null : EmailOf(before);

    private IAdministratorsGrain Administrators => grains.GetGrain<IAdministratorsGrain>(0);

    /// <summary>Before the save; what it answers is why the save must not be.</summary>
    public async Task<SaveResult> PrepareAsync()
    {
        if (TakenEmail is { } taken && !await taken.ReserveAsync(id))
            return SaveResult.EmailTaken;
        if (_wasAdministrator && !_isAdministrator && !await Administrators.LeaveAsync(id, version))
            return SaveResult.LastAdministrator;
        if (LeftEmail is { } left)
            await left.BeginReleaseAsync(id);
        return SaveResult.Saved;
    }

    /// <summary>After the save. It has happened, whatever becomes of this.</summary>
    public async Task SettleAsync()
    {
        try
        {
            if (TakenEmail is { } taken)
                await taken.ConfirmAsync(id);
            if (LeftEmail is { } left)
                await left.ReleaseAsync(id);
            if (_isAdministrator && !_wasAdministrator)
                await Administrators.JoinAsync(id, version + 1);
        }
        catch (StateUnavailableException)
        {
            // A claim that was not settled is resolved by asking this account; an administrator joins when it is loaded.
        }
    }

    private IEmailGrain? EmailOf(AccountState? account) => EmailKey.Of(account) is { } key ? grains.GetGrain<IEmailGrain>(key) : null;
}
