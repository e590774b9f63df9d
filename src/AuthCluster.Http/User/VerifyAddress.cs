using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Mails;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class VerifyAddress
{
    public static async Task<IResult> HandleAsync(Body<LinkRequest> body, HttpContext http, IAccounts accounts, LinkTokens links)
    {
        if (links.Read(body.Value.Token!, LinkPurpose.VerifyEmail) is not { } link)
            return Problems.Of(Refusal.CodeNotValid);
        var outcome = await accounts.For(link.AccountId).PerformAsync(new VerifyEmail(link.CodeId, http.Client()));
        return outcome.AnswerNoContent();
    }
}
