using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Bearer;

namespace AuthCluster.Http.Logins;

/// <summary>The password that an authenticated user repeats before something that cannot be undone.</summary>
internal sealed class CurrentPassword(IAccounts accounts, PasswordLane passwords)
{
    /// <summary>Compares it, right or wrong; the act that asked for it settles the attempt.</summary>
    public async Task<Outcome<Comparison>> CompareAsync(Caller caller, string password, string? newPassword = null)
    {
        var account = accounts.For(caller.AccountId);
        var begun = await account.PerformAsync(new BeginPasswordCheck(caller.Proof));
        return begun.IsRefused(out var attempt)
            ? begun.As<Comparison>()
            : await passwords.CompareAsync(account, attempt, password, caller.Gone, newPassword);
    }
}
