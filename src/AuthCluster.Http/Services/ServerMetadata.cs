using AuthCluster.Http.Answers;
using AuthCluster.Http.Settings;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Services;

/// <summary>
/// Where other services find what they need (RFC 8414). The same document stands at the address of OpenID Connect Discovery, because stock
/// middleware asks only there.
/// </summary>
internal static class ServerMetadata
{
    public static IResult Handle(HttpContext http, AuthClusterOptions options)
    {
        // Without PublicUrl the addresses are those that the asker used. Nobody else gets this answer: it is not stored.
        var address = options.PublicUrl?.TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}";
        string[] basic = ["client_secret_basic"];
        var metadata = new MetadataAnswer(
            Issuer: options.Issuer,
            JwksUri: $"{address}/.well-known/jwks.json",
            IntrospectionEndpoint: $"{address}/oauth/introspect",
            IntrospectionEndpointAuthMethodsSupported: basic,
            RevocationEndpoint: $"{address}/oauth/revoke",
            RevocationEndpointAuthMethodsSupported: [.. basic, "none"],
            GlobalTokenRevocationEndpoint: $"{address}/oauth/global-token-revocation",
            // No authorization endpoint: users log in at /api/user/login.
            ResponseTypesSupported: [],
            SubjectTypesSupported: ["public"],
            IdTokenSigningAlgValuesSupported: [options.Tokens.Algorithm.ToString()]);
        return TypedResults.Json(metadata, AnswerJson.Default.MetadataAnswer);
    }
}
