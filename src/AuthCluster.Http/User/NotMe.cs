using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Mails;
using AuthCluster.Passwords;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class NotMe
{
    /// <summary>
    /// Ends every session of the account that a notice was about, makes its password void, gives it back the address that the notice went to, and
    /// sends a link for a new password there.
    /// </summary>
    public static async Task<IResult> HandleAsync(
        Body<LinkRequest> body, HttpContext http, IAccounts accounts, LinkTokens links, PasswordHasher hasher)
    {
        if (links.Read(body.Value.Token!, LinkPurpose.NotMe) is not { } link)
            return Problems.Of(Refusal.CodeNotValid);
        var disown = new DisownActivity(link.CodeId, hasher.Decoy, http.Client());
        var outcome = await accounts.For(link.AccountId).PerformAsync(disown);
        if (outcome.Refusal == Refusal.EmailTaken)
            outcome = await accounts.For(link.AccountId).PerformAsync(disown with { KeepEmail = true });
        return outcome.AnswerNoContent();
    }
}
