using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using AuthCluster.Client.Checks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace AuthCluster.Client;

/// <summary>Authenticates a request by its bearer token.</summary>
internal sealed class AuthClusterBearerHandler(
    IOptionsMonitor<AuthClusterBearerOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenJudge judge)
    : AuthenticationHandler<AuthClusterBearerOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";
    private const int RetrySeconds = 1;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var judging = judge.JudgeAsync(header[Prefix.Length..].Trim(' '));
        var judgement = judging.IsCompletedSuccessfully ? judging.Result : await judging;
        return judgement.Verdict switch
        {
            Verdict.Accepted => AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(judgement.Claims), Scheme.Name)),
            Verdict.Unknown => AuthenticateResult.Fail(new ServerUnavailableException()),
            _ => AuthenticateResult.Fail("The token is not valid or no longer valid."),
        };
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        if (result.Failure is ServerUnavailableException)
        {
            // The session may be good: to answer 401 would sign its user out.
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
            return;
        }

        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.Append(HeaderNames.WWWAuthenticate, result.Failure is null ? "Bearer" : "Bearer error=\"invalid_token\"");
    }

    // Each request has an identity of its own: what one adds to it, no other has.
    private ClaimsPrincipal PrincipalOf(IReadOnlyList<Claim> claims) => new(new ClaimsIdentity(claims, Scheme.Name, "sub", "roles"));

    private sealed class ServerUnavailableException() : Exception("The server cannot be asked whether the token was revoked.");
}
