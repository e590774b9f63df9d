using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class PasskeyDelete
{
    public static async Task<IResult> HandleAsync(Caller caller, PathId id, IAccounts accounts)
    {
        var outcome = await accounts.For(caller.AccountId).PerformAsync(new RemovePasskey(caller.Proof, id.Value, caller.Client));
        return outcome.AnswerNoContent();
    }
}
