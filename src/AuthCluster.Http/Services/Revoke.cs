using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Services;

internal static class Revoke
{
    /// <summary>A change of claims may come between the check and the act; it comes seldom twice.</summary>
    private const int Tries = 3;

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
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var verdict = await check.InspectAsync(body.Value.Token);
            if (!verdict.IsGood(out var token, out var standing))
                return TypedResults.Ok();
            var act = new EndOwnSession(new SessionProof(token.SessionId, standing.AccessSecret), http.Client());
            if ((await accounts.For(token.AccountId).PerformAsync(act)).Refusal is null)
                return TypedResults.Ok();
        }

        return Problems.StateUnavailable;
    }
}
