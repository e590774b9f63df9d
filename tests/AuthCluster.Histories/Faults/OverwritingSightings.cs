using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Emails;

namespace AuthCluster.Histories.Faults;

/// <summary>Notes that a session was seen by writing the account back as it was read a moment ago, outside its turn.</summary>
internal sealed class OverwritingSightings(IAccounts accounts, IAccountStore store) : IAccounts
{
    public IAccount For(Guid id) => new Account(id, accounts.For(id), store);

    public ValueTask<Standing?> StandingAsync(Guid id) => accounts.StandingAsync(id);

    public Task<Guid?> FindAsync(LoginName name) => accounts.FindAsync(name);

    private sealed class Account(Guid id, IAccount account, IAccountStore store) : IAccount
    {
        public async Task<Outcome<TResult>> PerformAsync<TResult>(Act<TResult> act)
        {
            if (act is NoteSeen && await store.LoadAsync(id) is { } stored)
                await account.PerformAsync(new WriteBack(stored.State));
            return await account.PerformAsync(act);
        }
    }

    private sealed record WriteBack(AccountState Read) : Act<Done>
    {
        public override Decision<Done> Decide(AccountState? state, Moment moment) => Decision.Changed<Done>(Read, default(Done));
    }
}
