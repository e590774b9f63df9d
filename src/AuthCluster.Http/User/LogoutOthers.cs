using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class LogoutOthers
{
    /// <summary>Ends every other session; this one goes on with the pair in the answer.</summary>
    public static async Task<IResult> HandleAsync(Caller caller, IAccounts accounts, TokenAnswers tokens)
    {
        var outcome = await accounts.For(caller.AccountId).PerformAsync(new EndOtherSessions(caller.Proof, caller.Client));
        return await tokens.AnswerAsync(outcome);
    }
}
