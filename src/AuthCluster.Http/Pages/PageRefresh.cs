using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.User;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Pages;

internal static class PageRefresh
{
    /// <summary>
    /// Gives a new access token for the refresh token of the cookie. A cookie that is refused stays: another tab may have set a new one
    /// meanwhile.
    /// </summary>
    public static Task<IResult> HandleAsync(HttpContext http, TokenCheck check, IAccounts accounts, TokenAnswers tokens) =>
        PageCookies.RefreshOf(http.Request) is { } refresh
            ? Refresh.AnswerAsync(refresh, http.Client(), check, accounts, tokens)
            : Task.FromResult<IResult>(Problems.NotAuthenticated);
}
