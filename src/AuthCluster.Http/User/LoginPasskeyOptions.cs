using System.Text.Json;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Passkeys;
using AuthCluster.Http.SecondFactors;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class LoginPasskeyOptions
{
    /// <summary>What the browser needs to sign in with a passkey; with the <c>mfa_token</c> of a login, to complete that one.</summary>
    public static async Task<IResult> HandleAsync(
        Body<LoginPasskeyOptionsRequest> body, HttpContext http, ChallengeCheck owing, PasskeyChallenges challenges, PasskeyCeremonies ceremonies)
    {
        var purpose = PasskeyChallenges.SignIn;
        if (body.Value.MfaToken is { Length: > 0 } token)
        {
            if (await owing.ReadAsync(token) is not { } owed)
                return Problems.TokenNotValid;
            purpose = PasskeyChallenges.SecondFactor(owed);
        }

        var options = await ceremonies.RequestOptionsAsync(challenges.New(purpose), isSecondFactor: purpose != PasskeyChallenges.SignIn, http);
        return TypedResults.Json(options, AnswerJson.Default.JsonObject);
    }
}

internal sealed record LoginPasskeyOptionsRequest(string? MfaToken = null) : IFormBody<LoginPasskeyOptionsRequest>
{
    public static LoginPasskeyOptionsRequest? WhenEmpty { get; } = new();

    public static LoginPasskeyOptionsRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.LoginPasskeyOptionsRequest);

    public void Validate(FieldFaults faults) => faults.LimitLength(MfaToken, TokenReader.LengthLimit, "mfa_token");
}
