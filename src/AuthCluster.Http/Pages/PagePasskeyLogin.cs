using AuthCluster.Http.Answers;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Passkeys;
using AuthCluster.Http.SecondFactors;
using AuthCluster.Http.User;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Pages;

internal static class PagePasskeyLogin
{
    /// <summary>A login by passkey from a page, whose device token is in a cookie.</summary>
    public static Task<IResult> HandleAsync(
        Body<LoginPasskeyRequest> body, HttpContext http, ChallengeCheck owing, PasskeyLogin login, TokenAnswers tokens)
    {
        var request = body.Value with { DeviceToken = body.Value.DeviceToken ?? PageCookies.DeviceOf(http.Request) };
        return LoginPasskey.AnswerAsync(request, http, owing, login, tokens);
    }
}
