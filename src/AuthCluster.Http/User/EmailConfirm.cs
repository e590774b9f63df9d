using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Mails;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class EmailConfirm
{
    /// <summary>Takes both links of a change of address: the one at the new address confirms it, the one at the old address takes it back.</summary>
    public static async Task<IResult> HandleAsync(Body<LinkRequest> body, HttpContext http, IAccounts accounts, LinkTokens links)
    {
        if (links.Read(body.Value.Token!, LinkPurpose.ChangeEmail) is { } change)
            return (await accounts.For(change.AccountId).PerformAsync(new ConfirmEmailChange(change.CodeId, http.Client()))).AnswerNoContent();
        return links.Read(body.Value.Token!, LinkPurpose.UndoEmailChange) is { } undo
            ? (await accounts.For(undo.AccountId).PerformAsync(new UndoEmailChange(undo.CodeId, http.Client()))).AnswerNoContent()
            : Problems.Of(Refusal.CodeNotValid);
    }
}
