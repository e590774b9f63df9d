using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.Emails;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>
/// What a save takes or leaves outside the account's own record: its address and user name, its place among the administrators. It is claimed before
/// the save and settled after it. A crash in between leaves a claim that is neither, and a grain that comes across it asks the account.
/// </summary>
internal sealed class Claims(AccountChange change, IGrainFactory grains, TimeProvider time)
{
    private readonly bool _wasAdministrator = change.Before is { IsActiveAdministrator: true };
    private readonly bool _isAdministrator = change.After is { IsActiveAdministrator: true };

    // The address first, so that of two refusals its own is told.
    private readonly ImmutableArray<LoginName> _taken = [.. NamesOf(change.After).Except(NamesOf(change.Before))];
    private readonly ImmutableArray<LoginName> _left = [.. NamesOf(change.Before).Except(NamesOf(change.After))];

    /// <summary>Before the save; what it answers is why the save must not be.</summary>
    public async Task<SaveResult> PrepareAsync()
    {
        foreach (var taken in _taken)
        {
            if (!await GrainOf(taken).ReserveAsync(change.Id))
                return taken.IsAddress ? SaveResult.EmailTaken : SaveResult.UsernameTaken;
        }

        if (_wasAdministrator && !_isAdministrator && !await grains.Administrators().LeaveAsync(change.Id, change.ExpectedVersion).InTimeAsync(time))
            return SaveResult.LastAdministrator;
        foreach (var left in _left)
            await GrainOf(left).BeginReleaseAsync(change.Id);
        return SaveResult.Saved;
    }

    /// <summary>After the save. It has happened, whatever becomes of this.</summary>
    public async Task SettleAsync()
    {
        try
        {
            foreach (var taken in _taken)
                await GrainOf(taken).ConfirmAsync(change.Id);
            foreach (var left in _left)
                await GrainOf(left).ReleaseAsync(change.Id);
            if (_isAdministrator && !_wasAdministrator)
                await grains.Administrators().JoinAsync(change.Id, change.ExpectedVersion + 1).InTimeAsync(time);
        }
        catch (StateUnavailableException)
        {
            // A claim that was not settled is resolved by asking this account; an administrator joins when it is loaded.
        }
    }

    private static IEnumerable<LoginName> NamesOf(AccountState? account) =>
        new[] { account?.EmailKey, account?.UsernameKey }.OfType<LoginName>();

    private ILoginNameGrain GrainOf(LoginName name) => grains.GetGrain<ILoginNameGrain>(LoginNameKey.Of(name));
}
