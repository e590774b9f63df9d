using AuthCluster.Http.Answers;
using AuthCluster.Http.Legacy;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class Logout
{
    /// <summary>Ends this session.</summary>
    public static async Task<IResult> HandleAsync(EitherCaller caller, IAccounts accounts)
    {
        var outcome = await accounts.For(caller.AccountId).PerformAsync(caller.LogOut());
        return outcome.AnswerNoContent();
    }
}
