using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Logins;
using AuthCluster.Http.User;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Pages;

internal static class PageLogin
{
    /// <summary>A login by password from a page, whose device token is in a cookie.</summary>
    public static async Task<IResult> HandleAsync(
        Body<LoginRequest> body, HttpContext http, PasswordLogin login, TokenAnswers tokens)
    {
        var request = body.Value with { DeviceToken = body.Value.DeviceToken ?? PageCookies.DeviceOf(http.Request) };
        var outcome = await login.TryAsync(request.ToCredentials(), http.Client(), http.RequestAborted);
        return await tokens.AnswerAsync(outcome);
    }
}
