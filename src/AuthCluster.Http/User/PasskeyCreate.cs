using System.Buffers.Text;
using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Passkeys;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class PasskeyCreate
{
    /// <summary>Keeps the passkey that the browser made of the options.</summary>
    public static async Task<IResult> HandleAsync(
        Caller caller, Body<PasskeyRequest> body, HttpContext http, IAccounts accounts, PasskeyChallenges challenges, PasskeyCeremonies ceremonies)
    {
        var credential = PresentedCredential.Read(body.Value.Credential!.Value)!;
        if (challenges.Read(credential.Challenge, PasskeyChallenges.Enrolment(caller)) is not { } challenge)
            return Problems.Of(Refusal.PasskeyNotValid);
        var user = new CeremonyUser(caller.AccountId.ToString(), []);
        if (await ceremonies.AttestAsync(user, caller.Standing.DisplayName, credential, http) is not { } made)
            return Problems.Of(Refusal.PasskeyNotValid);
        var key = Convert.ToBase64String(made.PublicKey);
        if (key.Length > Passkey.PublicKeyLimit)
            return Problems.Of(Refusal.PasskeyNotValid);
        var act = new AddPasskey(caller.Proof, challenge, Base64Url.EncodeToString(made.CredentialId), key, caller.Client)
        {
            Name = body.Value.Name is "" ? null : body.Value.Name,
            SignCount = made.SignCount,
            Synced = made.IsBackupEligible,
        };
        var outcome = await accounts.For(caller.AccountId).PerformAsync(act);
        return outcome.Answer(passkey => TypedResults.Json(
            PasskeyAnswer.Of(passkey), AnswerJson.Default.PasskeyAnswer, statusCode: StatusCodes.Status201Created));
    }
}

internal sealed record PasskeyRequest(JsonElement? Credential, string? Name = null) : IFormBody<PasskeyRequest>
{
    public static PasskeyRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.PasskeyRequest);

    public void Validate(FieldFaults faults)
    {
        faults.RequireCredential(Credential);
        faults.LimitLength(Name, Passkey.NameLimit, "name");
    }
}
