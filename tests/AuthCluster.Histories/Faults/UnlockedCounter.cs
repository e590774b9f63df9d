using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Emails;

namespace AuthCluster.Histories.Faults;

/// <summary>Counts the device sessions and makes room in turns of their own, before the turn of the login.</summary>
internal sealed class UnlockedCounter(IAccounts accounts, int limit) : IAccounts
{
    public IAccount For(Guid id) => new Account(accounts.For(id), limit);

    public ValueTask<Standing?> StandingAsync(Guid id) => accounts.StandingAsync(id);

    public Task<Guid?> FindAsync(LoginName name) => accounts.FindAsync(name);

    private sealed class Account(IAccount account, int limit) : IAccount
    {
        public async Task<Outcome<TResult>> PerformAsync<TResult>(Act<TResult> act)
        {
            if (act is CompleteLogin { Attempt.Right: true })
                await MakeRoomAsync();
            return await account.PerformAsync(act);
        }

        private async Task MakeRoomAsync()
        {
            var sessions = (await account.PerformAsync(new ViewSessions())).Result;
            foreach (var session in sessions.Take(sessions.Length + 1 - limit))
                await account.PerformAsync(new EndSessionByAdministrator(session.Id));
        }
    }
}
