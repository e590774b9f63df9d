using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bodies;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Admin;

internal static class DeleteUserDevice
{
    public static async Task<IResult> HandleAsync(PathId id, PathId device, IAccounts accounts) =>
        (await accounts.For(id.Value).PerformAsync(new EndSessionByAdministrator(device.Value))).AnswerNoContent();
}
