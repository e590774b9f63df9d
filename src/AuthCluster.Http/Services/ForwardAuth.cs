using System.Buffers;
using System.Text;
using AuthCluster.Accounts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Legacy;
using AuthCluster.Http.Pages;
using AuthCluster.Http.Proxies;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Services;

/// <summary>
/// Tells a proxy whether the request in front of it may pass (nginx <c>auth_request</c>, Traefik, Envoy). It calls the check itself
/// rather than through the authentication middleware, which would cost a good part of its rate.
/// </summary>
internal sealed class ForwardAuth(TokenCheck check, LegacyCheck legacy, Assertions assertions, PageCookies cookies)
{
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => c != '%')]);
    private const string FetchSite = "Sec-Fetch-Site";

    public Task HandleAsync(HttpContext http)
    {
        if (Preflight.MayPass(http.Request))
            return Task.CompletedTask;
        if (!AuthorizationHeader.TryReadToken(http.Request, out var token) && !TryReadCookie(http.Request, out token))
            return Problems.NotAuthenticated.ExecuteAsync(http);
        var judging = check.CheckAsync(token, TokenKind.Access, http.Client());
        return judging.IsCompletedSuccessfully ? Answer(http, judging.Result) : AwaitAsync(http, judging);

        async Task AwaitAsync(HttpContext http, ValueTask<TokenVerdict> judging) => await Answer(http, await judging);
    }

    /// <summary>The access cookie, which a page of another origin must not be able to use (W3C Fetch Metadata).</summary>
    private bool TryReadCookie(HttpRequest request, out ReadOnlySpan<char> token)
    {
        token = request.Headers.Authorization.Count == 0 && IsFromOwnPage(request) ? cookies.AccessOf(request) : null;
        return !token.IsEmpty;
    }

    private static bool IsFromOwnPage(HttpRequest request)
    {
        if (request.Headers[FetchSite] is [{ } site])
            return site is "same-origin" or "none";
        // A browser that sends none of these headers says nothing of the page: what it fetches by these methods changes nothing.
        var method = ForwardedMethod.Of(request);
        return (HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
            && !request.Headers.Keys.Any(name => name.StartsWith("Sec-Fetch-", StringComparison.OrdinalIgnoreCase));
    }

    private Task Answer(HttpContext http, TokenVerdict verdict)
    {
        if (!verdict.IsGood(out var token, out var standing))
            return legacy.IsOn ? AnswerLegacyAsync(http) : Problems.TokenNotValid.ExecuteAsync(http);
        if (http.Request.QueryString.HasValue && Missing(http.Request.Query, token, standing) is { } missing)
            return missing.ExecuteAsync(http);
        if (http.Request.QueryString.HasValue && !TryAssert(http, token, standing))
            return Problems.ValidationFailed("assert", $"Name one audience of at most {Assertions.AudienceLimit} printable characters.").ExecuteAsync(http);
        Tell(http, token.AccountIdText, standing);
        http.Response.Headers["X-Auth-Session"] = token.SessionIdText;
        return Task.CompletedTask;
    }

    /// <summary>
    /// A token of the system that the user comes from. It has no session and has proved nothing that we know of: where a second factor or an assertion is
    /// asked for, it will not do.
    /// </summary>
    private async Task AnswerLegacyAsync(HttpContext http)
    {
        var sent = AuthorizationHeader.TryReadToken(http.Request, out var token) ? token.ToString() : null;
        if (sent is null || await legacy.CheckAsync(sent) is not { } verdict)
            await Problems.TokenNotValid.ExecuteAsync(http);
        else if (!HasRole(http.Request.Query, verdict.Standing))
            await Problems.PermissionDenied.ExecuteAsync(http);
        else if (http.Request.Query.ContainsKey("amr") || http.Request.Query.ContainsKey("assert"))
            await Problems.MfaStepUpRequired.ExecuteAsync(http);
        else
            Tell(http, verdict.Token.AccountId.ToString(), verdict.Standing);
    }

    private static void Tell(HttpContext http, string accountId, Standing standing)
    {
        var headers = http.Response.Headers;
        headers["X-Auth-User"] = accountId;
        if (standing.Email is { } email)
            headers["X-Auth-Email"] = HeaderValue(email);
        headers["X-Auth-Email-Verified"] = standing.EmailVerified ? "true" : "false";
        headers["X-Auth-Roles"] = standing.Roles.Length switch { 0 => "", 1 => standing.Roles[0], _ => string.Join(',', standing.Roles) };
    }

    /// <summary><c>?assert=AUDIENCE</c>: who the caller is, in a form that nobody else can have written.</summary>
    private bool TryAssert(HttpContext http, VerifiedToken token, Standing standing)
    {
        var audience = http.Request.Query["assert"];
        if (audience.Count == 0)
            return true;
        if (audience is not [{ Length: > 0 and <= Assertions.AudienceLimit } one] || one.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return false;
        http.Response.Headers["X-Auth-Assertion"] = assertions.For(standing, standing.FindSession(token.SessionId)!, one);
        return true;
    }

    /// <summary>What the service behind the proxy asks for and the caller has not got; <c>null</c> where nothing is missing.</summary>
    private static Problem? Missing(IQueryCollection query, VerifiedToken token, Standing standing)
    {
        if (!HasRole(query, standing))
            return Problems.PermissionDenied;
        return HasMethod(query, standing.FindSession(token.SessionId)!) ? null : Problems.MfaStepUpRequired;
    }

    /// <summary>
    /// <c>?amr=m</c>, also more than once: how the caller must have proved to be the owner. A session that stepped up since has. <c>otp</c> asks for a
    /// second factor, and a passkey is one.
    /// </summary>
    private static bool HasMethod(IQueryCollection query, SessionStanding session)
    {
        foreach (var method in query["amr"])
        {
            var proved = method == AuthenticationMethods.OneTimePassword
                ? AuthenticationMethods.HaveSecondFactor(session.Methods)
                : session.Methods.Contains(method!, StringComparer.Ordinal);
            if (!proved)
                return false;
        }

        return true;
    }

    /// <summary><c>?role=r</c>, also more than once: the roles that the service behind the proxy asks for.</summary>
    private static bool HasRole(IQueryCollection query, Standing standing)
    {
        foreach (var role in query["role"])
        {
            if (!standing.Roles.Contains(role!))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Percent-encodes what is outside printable ASCII, and the percent sign: otherwise <c>%C3%A9@…</c> and <c>é@…</c> would be the
    /// same user to a service that decodes.
    /// </summary>
    internal static string HeaderValue(string value)
    {
        if (!value.AsSpan().ContainsAnyExcept(Plain))
            return value;
        var encoded = new StringBuilder(value.Length * 3);
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            if (octet is >= (byte)' ' and <= (byte)'~' and not (byte)'%')
                encoded.Append((char)octet);
            else
                encoded.Append('%').Append(Convert.ToHexString([octet]));
        }

        return encoded.ToString();
    }
}
