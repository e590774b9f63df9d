namespace AuthCluster.Options;

public sealed class TokenOptions
{
    /// <summary><c>iss</c>. Default: the public URL, else "authcluster".</summary>
    public string? Issuer { get; set; }

    /// <summary><c>aud</c>.</summary>
    public string Audience { get; set; } = "authcluster";

    public TokenAlgorithm Algorithm { get; set; } = TokenAlgorithm.ES256;

    /// <summary>A fixed HS256 key (base64, at least 32 bytes), only where it must be shared. Default: a key ring of our own.</summary>
    public string? SigningKey { get; set; }

    public TimeSpan AccessLifetime { get; set; } = TimeSpan.FromMinutes(10);

    public TimeSpan RefreshLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a rotated refresh token still gets its successor.</summary>
    public TimeSpan RefreshGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether tokens are encrypted (JWE <c>dir</c>, <c>A256GCM</c>) around the signature.</summary>
    public bool Encrypt { get; set; }

    /// <summary>32 bytes, base64. Default: derived from the master key.</summary>
    public string? EncryptionKey { get; set; }

    /// <summary>Profile members (or <c>email</c>, <c>email_verified</c>, <c>username</c>) copied into access tokens.</summary>
    public List<string> ProfileClaims { get; set; } = [];

    /// <summary>Verified tokens kept; 0 is off.</summary>
    public int VerifiedCache { get; set; } = 100_000;
}

public enum TokenAlgorithm
{
    ES256,
    RS256,
    HS256,
}
