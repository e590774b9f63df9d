using System.Text.Json;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Keys;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Admin;

internal static class RotateKeys
{
    /// <summary>Makes a new signing key; with <c>retire_old</c> what the old ones signed dies at once.</summary>
    public static async Task<IResult> HandleAsync(Body<RotateKeysRequest> body, Caller caller, IAccounts accounts, KeyRing keys)
    {
        return await keys.RotateAsync(body.Value.RetireOld == true) switch
        {
            KeyRotationResult.Rotated => (await accounts.PerformAsync(caller, caller.AccountId, new NoteKeyRotation())).AnswerNoContent(),
            KeyRotationResult.KeyIsFixed => Problems.Conflict("The signing key is fixed by the setting Tokens:SigningKey."),
            KeyRotationResult.RingIsFull => Problems.Conflict("The ring is full of keys whose tokens still live. With retire_old those die, and there is room."),
            var other => throw new InvalidOperationException($"{other} has no answer."),
        };
    }
}

/// <param name="RetireOld">Whether tokens that the old keys signed die at once.</param>
internal sealed record RotateKeysRequest(bool? RetireOld = null) : IRequestBody<RotateKeysRequest>
{
    public static RotateKeysRequest? WhenEmpty { get; } = new(RetireOld: false);

    public static RotateKeysRequest? Read(JsonElement json) => json.Deserialize(AdminRequestJson.Default.RotateKeysRequest);
}
