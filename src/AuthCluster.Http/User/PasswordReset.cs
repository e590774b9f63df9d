using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Mails;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class PasswordReset
{
    /// <summary>Sends a mail with a link for a new password. The answer is the same for every address.</summary>
    public static async Task<IResult> HandleAsync(Body<EmailRequest> body, HttpContext http, MailRequests mails)
    {
        var client = http.Client();
        await mails.RequestAsync(body.Value.Email!, new RequestPasswordReset(client), ActivityEvents.PasswordResetRequested, client);
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }
}
