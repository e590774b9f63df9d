using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bodies;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Admin;

internal static class GetUser
{
    public static async Task<IResult> HandleAsync(PathId id, IAccounts accounts)
    {
        var outcome = await accounts.For(id.Value).PerformAsync(new View());
        return outcome.AnswerUser();
    }
}
