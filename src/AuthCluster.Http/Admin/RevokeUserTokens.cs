using System.Text.Json;
using System.Text.Json.Serialization;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Admin;

internal static class RevokeUserTokens
{
    /// <summary>Ends <c>access</c>, <c>refresh</c> or <c>all</c> tokens of a user.</summary>
    public static async Task<IResult> HandleAsync(PathId id, Body<RevokeRequest> body, Caller caller, IAccounts accounts) =>
        (await accounts.PerformAsync(caller, id.Value, new RevokeTokens(body.Value.Tokens!.Value))).AnswerNoContent();
}

internal sealed record RevokeRequest(string? TokenType) : IRequestBody<RevokeRequest>
{
    [JsonIgnore]
    public RevokedTokens? Tokens => TokenType switch
    {
        "access" => RevokedTokens.Access,
        "refresh" => RevokedTokens.Refresh,
        "all" => RevokedTokens.All,
        _ => null,
    };

    public static RevokeRequest? Read(JsonElement json) => json.Deserialize(AdminRequestJson.Default.RevokeRequest);

    public void Validate(FieldFaults faults)
    {
        faults.Require(TokenType, "token_type");
        if (!string.IsNullOrEmpty(TokenType) && Tokens is null)
            faults.Add("token_type", "Choose access, refresh or all.");
    }
}
