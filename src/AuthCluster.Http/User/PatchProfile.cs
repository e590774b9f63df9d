using System.Text.Json;
using System.Text.Json.Nodes;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class PatchProfile
{
    /// <summary>Sets members of the profile; <c>null</c> removes one. Access tokens of all devices die, refresh tokens live on.</summary>
    public static async Task<IResult> HandleAsync(Caller caller, Body<ProfileRequest> body, IAccounts accounts)
    {
        var outcome = await accounts.For(caller.AccountId).PerformAsync(new ChangeProfile(caller.Proof, body.Value.Changes, caller.Client));
        return outcome.AnswerUser();
    }
}

/// <summary>The members to set; those that are <c>null</c> are removed. The account judges the profile that comes of it.</summary>
internal sealed record ProfileRequest(JsonObject Changes) : IFormBody<ProfileRequest>
{
    public static ProfileRequest? Read(JsonElement json) => JsonObject.Create(json) is { } changes ? new ProfileRequest(changes) : null;
}
