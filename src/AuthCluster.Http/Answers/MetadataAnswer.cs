namespace AuthCluster.Http.Answers;

/// <summary>Authorization server metadata (RFC 8414 section 2).</summary>
internal sealed record MetadataAnswer(
    string Issuer,
    string JwksUri,
    string IntrospectionEndpoint,
    IReadOnlyList<string> IntrospectionEndpointAuthMethodsSupported,
    string RevocationEndpoint,
    IReadOnlyList<string> RevocationEndpointAuthMethodsSupported,
    string GlobalTokenRevocationEndpoint,
    IReadOnlyList<string> ResponseTypesSupported,
    IReadOnlyList<string> SubjectTypesSupported,
    IReadOnlyList<string> IdTokenSigningAlgValuesSupported);
