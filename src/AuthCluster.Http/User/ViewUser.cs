using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class ViewUser
{
    public static async Task<IResult> HandleAsync(Caller caller, IAccounts accounts)
    {
        var outcome = await accounts.For(caller.AccountId).PerformAsync(new InSession<AccountView>(caller.Proof, new View()));
        return outcome.AnswerUser();
    }
}
