using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Passkeys;
using AuthCluster.Http.SecondFactors;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class LoginPasskey
{
    /// <summary>Signs in with a passkey, which names the account itself; with an <c>mfa_token</c>, completes the login that it is of.</summary>
    public static Task<IResult> HandleAsync(
        Body<LoginPasskeyRequest> body, HttpContext http, ChallengeCheck owing, PasskeyLogin login, TokenAnswers tokens) =>
        AnswerAsync(body.Value, http, owing, login, tokens);

    public static async Task<IResult> AnswerAsync(
        LoginPasskeyRequest request, HttpContext http, ChallengeCheck owing, PasskeyLogin login, TokenAnswers tokens)
    {
        Challenge? owed = null;
        if (request.MfaToken is { Length: > 0 } token && (owed = await owing.ReadAsync(token)) is null)
            return Problems.TokenNotValid;
        return await tokens.AnswerAsync(await login.TryAsync(request.ToPasskey(), owed, http));
    }
}

internal sealed record LoginPasskeyRequest(JsonElement? Credential, string? DeviceName = null, string? DeviceToken = null, string? MfaToken = null)
    : IFormBody<LoginPasskeyRequest>
{
    public static LoginPasskeyRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.LoginPasskeyRequest);

    public void Validate(FieldFaults faults)
    {
        faults.RequireCredential(Credential);
        faults.LimitLength(DeviceName, LoginRequest.DeviceNameLimit, "device_name");
        faults.LimitLength(MfaToken, TokenReader.LengthLimit, "mfa_token");
    }

    // A form sends a field that was left empty as empty text.
    public PresentedPasskey ToPasskey() => new(PresentedCredential.Read(Credential!.Value)!, DeviceName is "" ? null : DeviceName, DeviceToken);
}
