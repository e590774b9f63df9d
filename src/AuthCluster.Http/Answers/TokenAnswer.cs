using AuthCluster.Accounts;
using AuthCluster.Keys;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Answers;

internal sealed record TokenAnswer(
    string Access,
    string Refresh,
    string TokenType,
    int ExpiresIn,
    int RefreshExpiresIn,
    string DeviceToken,
    UserAnswer User,
    TokenDevice Device);

internal sealed record TokenDevice(string Id, string Name);

/// <summary>Writes and signs the tokens that an account granted.</summary>
internal sealed class TokenAnswers(KeyRing keys, TokenIssuer issuer, DeviceTokens deviceTokens)
{
    public Task<IResult> AnswerAsync(Outcome<Grant> outcome) => AnswerAsync(outcome, Of);

    public Task<IResult> AnswerAsync(Outcome<LoginResult> outcome) => AnswerAsync(outcome, result => result switch
    {
        Granted granted => Of(granted.Grant),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), result, message: null),
    });

    private async Task<IResult> AnswerAsync<T>(Outcome<T> outcome, Func<T, IResult> answer)
    {
        // With a key that was retired elsewhere they would be dead before they arrive.
        await keys.EnsureCurrentAsync();
        return outcome.Answer(answer);
    }

    private IResult Of(Grant grant)
    {
        var tokens = issuer.Issue(grant);
        var device = grant.Session;
        var answer = new TokenAnswer(
            tokens.Access,
            tokens.Refresh,
            "Bearer",
            tokens.AccessSeconds,
            tokens.RefreshSeconds,
            deviceTokens.Issue(grant.Account.Id, device.DeviceId, grant.DeviceTokenGeneration),
            UserAnswer.Of(grant.Account),
            new TokenDevice(device.Id.ToString(), device.Name));
        return TypedResults.Json(answer, AnswerJson.Default.TokenAnswer);
    }
}
