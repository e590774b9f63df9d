using AuthCluster.Http.Answers;
using AuthCluster.Http.Legacy;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class LogoutAll
{
    /// <summary>Ends every session of the user, this one too.</summary>
    public static async Task<IResult> HandleAsync(EitherCaller caller, IAccounts accounts)
    {
        var outcome = await accounts.For(caller.AccountId).PerformAsync(caller.LogOutEverywhere());
        return outcome.AnswerNoContent();
    }
}
