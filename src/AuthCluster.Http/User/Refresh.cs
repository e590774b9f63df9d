using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class Refresh
{
    /// <summary>Gives a new pair of tokens for a refresh token, which is then spent.</summary>
    public static Task<IResult> HandleAsync(
        Body<RefreshRequest> body, HttpContext http, TokenCheck check, IAccounts accounts, TokenAnswers tokens) =>
        AnswerAsync(body.Value.Refresh!, http.Client(), check, accounts, tokens);

    public static async Task<IResult> AnswerAsync(string refresh, ClientFacts client, TokenCheck check, IAccounts accounts, TokenAnswers tokens)
    {
        var verdict = await check.CheckAsync(refresh, TokenKind.Refresh, client);
        if (!verdict.IsGood(out var token, out _))
            return Problems.TokenNotValid;
        var act = new RefreshSession(token.SessionId, token.TokenId, token.Secret, client);
        var outcome = await accounts.For(token.AccountId).PerformAsync(act);
        return await tokens.AnswerAsync(outcome);
    }
}

internal sealed record RefreshRequest(string? Refresh) : IFormBody<RefreshRequest>
{
    public static RefreshRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.RefreshRequest);

    public void Validate(FieldFaults faults) => faults.Require(Refresh, "refresh");
}
