using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class LogoutAll
{
    /// <summary>Ends every session of the user, this one too.</summary>
    public static async Task<IResult> HandleAsync(Caller caller, IAccounts accounts)
    {
        var outcome = await accounts.For(caller.AccountId).PerformAsync(new EndAllSessions(caller.Proof, caller.Client));
        return outcome.AnswerNoContent();
    }
}
