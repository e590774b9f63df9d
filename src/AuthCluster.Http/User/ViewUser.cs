using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Legacy;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class ViewUser
{
    public static async Task<IResult> HandleAsync(EitherCaller caller, IAccounts accounts)
    {
        var outcome = await accounts.For(caller.AccountId).PerformAsync(caller.Reading(new View()));
        return outcome.AnswerUser();
    }
}
