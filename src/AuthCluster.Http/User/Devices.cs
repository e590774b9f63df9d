using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class Devices
{
    public static async Task<IResult> HandleAsync(Caller caller, IAccounts accounts)
    {
        var outcome = await accounts.For(caller.AccountId).PerformAsync(new InSession<ImmutableArray<Session>>(caller.Proof, new ViewSessions()));
        return outcome.Answer(devices => TypedResults.Json(DeviceAnswer.Of(devices, caller.SessionId), AnswerJson.Default.DeviceAnswerArray));
    }
}
