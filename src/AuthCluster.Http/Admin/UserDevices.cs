using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Admin;

internal static class UserDevices
{
    public static async Task<IResult> HandleAsync(PathId id, Caller caller, IAccounts accounts)
    {
        var outcome = await accounts.For(id.Value).PerformAsync(new ViewSessions());
        return outcome.Answer(devices => TypedResults.Json(
            new ListAnswer<DeviceAnswer>(DeviceAnswer.Of(devices, caller.SessionId), Next: null), AnswerJson.Default.ListAnswerDeviceAnswer));
    }
}
