using AuthCluster.Accounts;

namespace AuthCluster.Tokens;

/// <summary>The kind of a token is its <c>typ</c>, compared exactly: no token passes for one of another kind (RFC 8725 section 3.11).</summary>
public static class TokenKinds
{
    private const string AccessType = "at+jwt";
    private const string RefreshType = "rt+jwt";

    /// <summary>
    /// The type of challenges (<see cref="Challenge"/>). They are no kind of token that a session has, so that nothing which takes one of those
    /// can take a challenge.
    /// </summary>
    public const string ChallengeType = "mfa+jwt";

    /// <summary>The type of assertions for services behind a proxy (<see cref="TokenIssuer.Assert"/>), which are accepted nowhere here.</summary>
    public const string AssertionType = "fwd+jwt";

    public static string Type(this TokenKind kind) => kind switch
    {
        TokenKind.Access => AccessType,
        TokenKind.Refresh => RefreshType,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static TokenKind? FromType(string type) => type switch
    {
        AccessType => TokenKind.Access,
        RefreshType => TokenKind.Refresh,
        _ => null,
    };
}
