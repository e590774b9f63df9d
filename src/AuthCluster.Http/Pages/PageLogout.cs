using AuthCluster.Accounts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Pages;

internal static class PageLogout
{
    /// <summary>Ends the session of the cookie, also where its access token has expired.</summary>
    public static async Task<IResult> HandleAsync(HttpContext http, PageCookies cookies, TokenCheck check, IAccounts accounts)
    {
        if (PageCookies.RefreshOf(http.Request) is not { } refresh)
            return Problems.NotAuthenticated;
        var client = http.Client();
        switch (await HeldToken.EndSessionAsync(() => check.CheckAsync(refresh, TokenKind.Refresh, client), accounts, client))
        {
            case HeldTokenEnd.NotValid:
                return Problems.TokenNotValid;
            case HeldTokenEnd.Unsettled:
                return Problems.StateUnavailable;
            default:
                cookies.EndSession(http);
                return TypedResults.NoContent();
        }
    }
}
