using AuthCluster.Accounts;
using AuthCluster.Emails;
using AuthCluster.EmbeddedHost.Actors;

namespace AuthCluster.Histories.Faults;

/// <summary>
/// Each act finds an actor of its own, which loads the account and saves it; checks read the store. Only the version check of the store
/// keeps two acts at the same time from undoing each other.
/// </summary>
internal sealed class ActorPerAct(EmbeddedAccounts accounts, IAccountStore store) : IAccounts
{
    public IAccount For(Guid id) => new AccountActor(id, accounts, store);

    public Task<Guid?> FindAsync(LoginName name) => store.FindAsync(name);

    public async ValueTask<Standing?> StandingAsync(Guid id) => await store.LoadAsync(id) is { } stored ? Standing.Of(stored.State) : null;
}

/// <summary>Saves whatever version was there before.</summary>
internal sealed class OverwritingStore(IAccountStore store) : IAccountStore
{
    public Task<StoredAccount?> LoadAsync(Guid id) => store.LoadAsync(id);

    public Task<Guid?> FindAsync(LoginName name) => store.FindAsync(name);

    public async Task<SaveResult> SaveAsync(AccountChange change)
    {
        while (true)
        {
            var result = await store.SaveAsync(change);
            if (result != SaveResult.VersionConflict || await store.LoadAsync(change.Id) is not { } stored)
                return result;
            change = change with { ExpectedVersion = stored.Version };
        }
    }
}
