using System.Collections.Frozen;

namespace AuthCluster.Tokens;

public static class ClaimNames
{
    public const string Issuer = "iss";
    public const string Audience = "aud";
    public const string Subject = "sub";
    public const string Client = "client_id";
    public const string Session = "sid";
    public const string TokenId = "jti";
    public const string Secret = "uuid";
    public const string Rotation = "rot";
    public const string IssuedAt = "iat";
    public const string Expires = "exp";
    public const string AuthenticatedAt = "auth_time";
    public const string Methods = "amr";
    public const string Roles = "roles";
    public const string Email = "email";
    public const string EmailVerified = "email_verified";

    // Beside our own, the registered names that services authorise by (RFC 7519, 7662, 7800, 8693, 9068): a profile is the user's own writing.
    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
    [
        Issuer, Audience, Subject, Client, Session, TokenId, Secret, Rotation, IssuedAt, Expires, AuthenticatedAt, Methods, Roles,
        "nbf", "active", "scope", "groups", "entitlements", "token_type", "cnf", "act", "may_act", "acr", "azp", "nonce",
    ]);

    /// <summary>Whether the profile may never set this claim.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name);
}
