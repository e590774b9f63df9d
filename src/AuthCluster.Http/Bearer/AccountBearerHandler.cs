using System.Security.Claims;
using System.Text.Encodings.Web;
using AuthCluster.Accounts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Legacy;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace AuthCluster.Http.Bearer;

/// <summary>
/// Bearer authentication as <c>JwtBearer</c> does it, with its options, events and challenge, but for how a token is judged: by
/// <see cref="TokenCheck"/>, which answers from the verified-token cache and the account's standing.
/// </summary>
internal sealed class AccountBearerHandler(
    IOptionsMonitor<JwtBearerOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenCheck check, LegacyCheck legacy)
    : JwtBearerHandler(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var received = new MessageReceivedContext(Context, Scheme, Options);
        await Events.MessageReceived(received);
        if (received.Result is { } decided)
            return decided;
        var judging = JudgeAsync(received.Token, out var wasSent);
        if (!wasSent)
            return AuthenticateResult.NoResult();
        var verdict = await judging;
        if (verdict.IsGood(out var token, out var standing))
            return await AcceptAsync(token, standing, received.Token);
        return await CheckLegacyAsync(received.Token) is { } other ? Accept(other) : await RefuseAsync();
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await base.HandleChallengeAsync(properties);
        if (Response.HasStarted || Response.StatusCode != StatusCodes.Status401Unauthorized)
            return;
        var wasRefused = (await HandleAuthenticateOnceSafeAsync()).Failure is not null;
        await (wasRefused ? Problems.TokenNotValid : Problems.NotAuthenticated).ExecuteAsync(Context);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        await base.HandleForbiddenAsync(properties);
        if (!Response.HasStarted)
            await Problems.PermissionDenied.ExecuteAsync(Context);
    }

    // Not async: a token in a header is read where it stands, without a copy.
    private ValueTask<TokenVerdict> JudgeAsync(string? eventToken, out bool wasSent)
    {
        ReadOnlySpan<char> token = eventToken;
        wasSent = !token.IsEmpty || AuthorizationHeader.TryReadToken(Request, out token);
        return wasSent ? check.CheckAsync(token, TokenKind.Access, Context.Client()) : default;
    }

    private async Task<AuthenticateResult> AcceptAsync(VerifiedToken token, Standing standing, string? eventToken)
    {
        Context.Features.Set(new Caller(token, standing, Context.Client()) { Gone = Context.RequestAborted });
        var validated = new TokenValidatedContext(Context, Scheme, Options)
        {
            Principal = new ClaimsPrincipal(IdentityOf(token, standing)),
        };
        validated.Properties.ExpiresUtc = DateTimeOffset.FromUnixTimeSeconds(token.ExpiresAt);
        if (Options.SaveToken)
            validated.Properties.StoreTokens([new AuthenticationToken { Name = "access_token", Value = eventToken ?? HeaderToken() }]);
        await Events.TokenValidated(validated);
        if (validated.Result is { } decided)
            return decided;
        validated.Success();
        return validated.Result!;
    }

    /// <summary>Few endpoints take a token of the system that users come from: those that read, and those that log it out.</summary>
    private async Task<LegacyVerdict?> CheckLegacyAsync(string? eventToken) =>
        legacy.IsOn && Context.GetEndpoint()?.Metadata.GetMetadata<TakesLegacyTokens>() is not null
            ? await legacy.CheckAsync(eventToken ?? HeaderToken())
            : null;

    private AuthenticateResult Accept(LegacyVerdict legacyVerdict)
    {
        Context.Features.Set(legacyVerdict);
        var identity = new ClaimsIdentity([new Claim("sub", legacyVerdict.Token.AccountId.ToString())], Scheme.Name, nameType: "sub", roleType: "roles");
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    private async Task<AuthenticateResult> RefuseAsync()
    {
        // One exception for every reason: which it was is not the client's to know.
        var failed = new AuthenticationFailedContext(Context, Scheme, Options)
        {
            Exception = new SecurityTokenValidationException("The token is not valid or no longer valid."),
        };
        await Events.AuthenticationFailed(failed);
        return failed.Result ?? AuthenticateResult.Fail(failed.Exception);
    }

    private string HeaderToken() => AuthorizationHeader.TryReadToken(Request, out var token) ? token.ToString() : "";

    // Roles come from the standing, not from the token: a demotion counts at once.
    private ClaimsIdentity IdentityOf(VerifiedToken token, Standing standing)
    {
        var claims = new List<Claim>(3 + standing.Roles.Length)
        {
            new("sub", token.AccountId.ToString()),
            new("sid", token.SessionId.ToString()),
        };
        if (standing.Email is { } email)
            claims.Add(new Claim("email", email));
        foreach (var role in standing.Roles)
            claims.Add(new Claim("roles", role));
        return new ClaimsIdentity(claims, Scheme.Name, nameType: "sub", roleType: "roles");
    }
}
