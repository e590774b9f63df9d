using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Bearer;

namespace AuthCluster.Http.Admin;

/// <summary>How administrators act on accounts.</summary>
internal static class AdministratorActs
{
    /// <summary>Does it in the name of the caller. On the caller's own account the turn of the act judges the caller, too.</summary>
    public static Task<Outcome<TResult>> PerformAsync<TResult>(this IAccounts accounts, Caller caller, Guid account, Act<TResult> act)
    {
        var actor = new Actor(caller.AccountId, caller.Standing.DisplayName, caller.SessionId, caller.Client.AddressText);
        Act<TResult> named = new ByAdministrator<TResult>(actor, act);
        return accounts.For(account).PerformAsync(account == caller.AccountId ? new InSession<TResult>(caller.Proof, named) : named);
    }
}
