using System.Text.Json;
using System.Text.Json.Nodes;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.User;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Services;

internal static class Introspect
{
    /// <summary>Tells a service whether a token is good (RFC 7662). Every bad token has the same answer.</summary>
    public static async Task<IResult> HandleAsync(
        Body<ServiceTokenRequest> body, HttpContext http, ServiceCredentials services, TokenCheck check, TokenReader reader)
    {
        if (services.Refuse(http) is { } refused)
            return refused;
        if (body.Problem is { } problem)
            return problem;
        var token = body.Value.Token!;
        var verdict = await check.InspectAsync(token);
        if (!verdict.IsGood(out _, out var standing))
            return TypedResults.Json(new JsonObject { ["active"] = false }, AnswerJson.Default.JsonObject);
        var claims = Verify.ClaimsOf(reader.Payload(token)!, standing);
        claims["active"] = true;
        claims["token_type"] = "Bearer";
        return TypedResults.Json(claims, AnswerJson.Default.JsonObject);
    }
}

/// <summary>A token that a service or its holder asks about. Hints of its kind are not needed and may be wrong (RFC 7009 section 2.1).</summary>
internal sealed record ServiceTokenRequest(string? Token) : IFormBody<ServiceTokenRequest>
{
    public static ServiceTokenRequest? Read(JsonElement json) => json.Deserialize(ServiceRequestJson.Default.ServiceTokenRequest);

    public void Validate(FieldFaults faults) => faults.Require(Token, "token");
}
