using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Services;

internal static class Revoke
{
    /// <summary>
    /// Ends the session of a token (RFC 7009): its holder may always do that. An unknown or dead token is answered alike, since what was asked for
    /// is so.
    /// </summary>
    public static async Task<IResult> HandleAsync(
        Body<ServiceTokenRequest> body, HttpContext http, ServiceCredentials services, TokenCheck check, IAccounts accounts)
    {
        if (services.RefuseWrong(http) is { } refused)
            return refused;
        if (body.Problem is { } problem)
            return problem;
        var end = await HeldToken.EndSessionAsync(() => check.InspectAsync(body.Value.Token), accounts, http.Client());
        return end == HeldTokenEnd.Unsettled ? Problems.StateUnavailable : TypedResults.Ok();
    }
}
