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
    public const string NotBefore = "nbf";
    public const string AuthenticatedAt = "auth_time";
    public const string Methods = "amr";
    public const string Roles = "roles";
    public const string Email = "email";
    public const string EmailVerified = "email_verified";
    public const string Username = "username";

    // In challenges alone.
    public const string Device = "device_id";
    public const string DeviceName = "device_name";

    private static readonly FrozenSet<string> Own = FrozenSet.ToFrozenSet(
        [Issuer, Audience, Subject, Client, Session, TokenId, Secret, Rotation, IssuedAt, Expires, AuthenticatedAt, Methods, Roles]);

    /// <summary>Whether every access token has this claim already. The settings refuse these names for profile members, and more.</summary>
    public static bool IsOwn(string name) => Own.Contains(name);
}
