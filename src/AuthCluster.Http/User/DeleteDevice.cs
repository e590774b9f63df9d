using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class DeleteDevice
{
    public static async Task<IResult> HandleAsync(Caller caller, string id, IAccounts accounts)
    {
        if (!Guid.TryParseExact(id, "D", out var deviceId))
            return Problems.NotFound;
        var outcome = await accounts.For(caller.AccountId).PerformAsync(new EndDevice(caller.Proof, deviceId, caller.Client));
        return outcome.AnswerNoContent();
    }
}
