using System.Text.Json;
using System.Text.Json.Nodes;
using AuthCluster.Accounts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Legacy;
using AuthCluster.Options;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AuthCluster.Http.User;

internal static class Verify
{
    /// <summary>Tells whether a token is good: the claims of one that is, with the roles as they stand now.</summary>
    public static async Task<IResult> HandleAsync(Body<VerifyRequest> body, TokenCheck check, LegacyCheck legacy, TokenReader reader, TokenOptions options)
    {
        var token = body.Value.Token!;
        var verdict = await check.InspectAsync(token);
        if (!verdict.IsGood(out _, out var standing))
            return legacy.IsOn && await legacy.InspectAsync(token) is { } other ? Answer(ClaimsOf(other.Token.Payload, other.Standing)) : Problems.TokenNotValid;
        return Answer(options.Encrypt ? [] : ClaimsOf(reader.Payload(token)!, standing));
    }

    private static JsonHttpResult<JsonObject> Answer(JsonObject claims)
    {
        claims["active"] = true;
        return TypedResults.Json(claims, AnswerJson.Default.JsonObject);
    }

    /// <summary>The claims of a good token, with the roles as the account has them now.</summary>
    public static JsonObject ClaimsOf(byte[] payload, Standing standing)
    {
        var claims = JsonNode.Parse(payload)!.AsObject();
        claims["roles"] = new JsonArray([.. standing.Roles.Select(role => JsonValue.Create(role))]);
        return claims;
    }
}

internal sealed record VerifyRequest(string? Token) : IFormBody<VerifyRequest>
{
    public static VerifyRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.VerifyRequest);

    public void Validate(FieldFaults faults) => faults.Require(Token, "token");
}
