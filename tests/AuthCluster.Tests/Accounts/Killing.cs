using AuthCluster.Accounts;

namespace AuthCluster.Tests.Accounts;

/// <summary>A subscriber of the feed, in its plainest form.</summary>
internal static class Killing
{
    /// <summary>Whether a token of this pair is to be refused from now on, by what the feed says of the revocation.</summary>
    public static bool Kills(this Revocation revocation, Grant grant, TokenKind kind) => revocation.Scope switch
    {
        RevocationScope.Session => revocation.SessionId == grant.Session.Id,
        RevocationScope.Access => kind == TokenKind.Access && revocation.Secret == grant.AccessSecret,
        RevocationScope.Refresh => kind == TokenKind.Refresh && revocation.Secret == grant.RefreshSecret,
        RevocationScope.User => kind == TokenKind.Refresh || revocation.Secret == grant.AccessSecret,
        _ => throw new ArgumentOutOfRangeException(nameof(revocation)),
    };
}
