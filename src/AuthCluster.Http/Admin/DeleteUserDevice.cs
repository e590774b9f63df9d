using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Admin;

internal static class DeleteUserDevice
{
    public static async Task<IResult> HandleAsync(PathId id, PathId device, Caller caller, IAccounts accounts) =>
        (await accounts.PerformAsync(caller, id.Value, new EndSessionByAdministrator(device.Value))).AnswerNoContent();
}
