using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Mails;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class NotMe
{
    /// <summary>Ends every session of the account that a notice was about, and sends a link for a new password.</summary>
    public static async Task<IResult> HandleAsync(Body<LinkRequest> body, HttpContext http, IAccounts accounts, LinkTokens links)
    {
        if (links.Read(body.Value.Token!, LinkPurpose.NotMe) is not { } link)
            return Problems.Of(Refusal.CodeNotValid);
        var outcome = await accounts.For(link.AccountId).PerformAsync(new DisownActivity(link.CodeId, http.Client()));
        return outcome.AnswerNoContent();
    }
}
