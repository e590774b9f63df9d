using System.Text.Json;
using System.Text.Json.Serialization;
using AuthCluster.Accounts;
using AuthCluster.Keys;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AuthCluster.Http.Answers;

internal sealed record TokenAnswer(
    string Access,
    string Refresh,
    string TokenType,
    int ExpiresIn,
    int RefreshExpiresIn,
    string DeviceToken,
    UserAnswer User,
    TokenDevice Device,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? EmergencyCodes = null);

/// <summary>A token response for a page, whose refresh token is in a cookie.</summary>
internal sealed record PageTokenAnswer(
    string Access,
    string TokenType,
    int ExpiresIn,
    int RefreshExpiresIn,
    string DeviceToken,
    UserAnswer User,
    TokenDevice Device,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? EmergencyCodes)
{
    public static PageTokenAnswer Of(TokenAnswer tokens) => new(
        tokens.Access,
        tokens.TokenType,
        tokens.ExpiresIn,
        tokens.RefreshExpiresIn,
        tokens.DeviceToken,
        tokens.User,
        tokens.Device,
        tokens.EmergencyCodes);
}

internal sealed record TokenDevice(string Id, string Name);

/// <summary>Writes and signs the tokens that an account granted.</summary>
internal sealed class TokenAnswers(KeyRing keys, TokenIssuer issuer, DeviceTokens deviceTokens)
{
    /// <param name="emergencyCodes">Those that the act made good; <c>null</c> where it made none.</param>
    public Task<IResult> AnswerAsync(Outcome<Grant> outcome, IReadOnlyList<string>? emergencyCodes = null) =>
        AnswerAsync(outcome, grant => Of(grant, emergencyCodes));

    public Task<IResult> AnswerAsync(Outcome<LoginResult> outcome)
    {
        Telemetry.CountLogin(NameOf(outcome));
        return AnswerAsync(outcome, result => result switch
        {
            Granted granted => Of(granted.Grant),
            SecondFactorOwed owed => Problems.MfaRequired(issuer.Issue(owed.Challenge), owed.HasPasskeys),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), result, message: null),
        });
    }

    private static string NameOf(Outcome<LoginResult> outcome) => outcome.Refusal is { } refusal
        ? JsonNamingPolicy.SnakeCaseLower.ConvertName(refusal.ToString())
        : outcome.Result is Granted ? "granted" : "second_factor_owed";

    private async Task<IResult> AnswerAsync<T>(Outcome<T> outcome, Func<T, IResult> answer)
    {
        // With a key that was retired elsewhere they would be dead before they arrive.
        await keys.EnsureCurrentAsync();
        return outcome.Answer(answer);
    }

    private JsonHttpResult<TokenAnswer> Of(Grant grant, IReadOnlyList<string>? emergencyCodes = null)
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
            new TokenDevice(device.Id.ToString(), device.Name),
            emergencyCodes);
        return TypedResults.Json(answer, AnswerJson.Default.TokenAnswer);
    }
}
