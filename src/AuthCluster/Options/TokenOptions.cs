using System.Collections.Frozen;

namespace AuthCluster.Options;

public sealed class TokenOptions : ICheckedSection
{
    private const int ProfileClaimsLimit = 16;

    /// <summary>
    /// Names that a profile member must not take: those of the token's own protocol (RFC 7519, 7662, 7800, 8693, 9068, OpenID Connect, ours), and
    /// those that services authorise from, because the profile is the user's own writing.
    /// </summary>
    private static readonly FrozenSet<string> ReservedClaims = FrozenSet.ToFrozenSet(
        [
            "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "typ", "alg", "kid", "cty",
            "client_id", "sid", "uuid", "rot", "auth_time", "amr", "acr", "azp", "nonce", "at_hash", "c_hash", "s_hash",
            "active", "token_type", "cnf", "act", "may_act", "events", "sub_id", "authorization_details",
            "role", "roles", "group", "groups", "scope", "scp", "permissions", "entitlements",
        ],
        StringComparer.OrdinalIgnoreCase);

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

    /// <summary>After this time, no token of today is good.</summary>
    public TimeSpan LongestLifetime => AccessLifetime > RefreshLifetime ? AccessLifetime : RefreshLifetime;

    public IEnumerable<SettingFault?> Check() =>
    [
        SettingRule.Between(nameof(AccessLifetime), AccessLifetime, SettingRule.ShortestLifetime, SettingRule.LongestTime),
        SettingRule.Between(nameof(RefreshLifetime), RefreshLifetime, SettingRule.ShortestLifetime, SettingRule.LongestTime),
        SettingRule.That(AccessLifetime <= RefreshLifetime, nameof(AccessLifetime), "must not be longer than Tokens:RefreshLifetime."),
        // Within the grace a stolen token is not told from a lost answer.
        SettingRule.Between(nameof(RefreshGrace), RefreshGrace, TimeSpan.Zero, TimeSpan.FromHours(1)),
        SettingRule.Between(nameof(VerifiedCache), VerifiedCache, 0, 10_000_000),
        SettingRule.That(SigningKey is null || Algorithm == TokenAlgorithm.HS256, nameof(SigningKey), "is only for Tokens:Algorithm HS256."),
        SettingRule.KeyOf32BytesOrMore(nameof(SigningKey), SigningKey),
        SettingRule.That(EncryptionKey is null || Encrypt, nameof(EncryptionKey), "is only for Tokens:Encrypt true."),
        SettingRule.KeyOf32Bytes(nameof(EncryptionKey), EncryptionKey),
        SettingRule.That(ProfileClaims.Count <= ProfileClaimsLimit, nameof(ProfileClaims), $"must not have more than {ProfileClaimsLimit} names."),
        // A JSON object that names a member twice means different things to different readers.
        SettingRule.That(ProfileClaims.Distinct().Count() == ProfileClaims.Count, nameof(ProfileClaims), "must not name a claim twice."),
        .. ProfileClaims.Where(ReservedClaims.Contains).Distinct()
            .Select(name => new SettingFault(nameof(ProfileClaims), $"must not have \"{name}\": the claim has a meaning of its own.")),
    ];
}

public enum TokenAlgorithm
{
    ES256,
    RS256,
    HS256,
}
