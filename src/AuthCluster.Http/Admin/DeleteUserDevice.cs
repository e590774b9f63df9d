using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Admin;

internal static class DeleteUserDevice
{
    public static async Task<IResult> HandleAsync(UserId id, string device, IAccounts accounts)
    {
        if (!Guid.TryParseExact(device, "D", out var deviceId))
            return Problems.NotFound;
        return (await accounts.For(id.Value).PerformAsync(new EndDeviceByAdministrator(deviceId))).AnswerNoContent();
    }
}
