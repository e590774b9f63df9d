using System.Security.Claims;

namespace AuthCluster.Client.Checks;

/// <summary>A token whose signature, issuer, audience and kind are right. Its times and what was revoked are judged each time.</summary>
internal sealed class VerifiedToken(string keyId, string session, string secret, DateTimeOffset issued, DateTimeOffset expires, IReadOnlyList<Claim> claims)
{
    private object? _vetted;

    public string KeyId => keyId;

    /// <summary><c>sid</c>.</summary>
    public string Session => session;

    /// <summary><c>uuid</c>.</summary>
    public string Secret => secret;

    public DateTimeOffset Issued => issued;

    public DateTimeOffset Expires => expires;

    public IReadOnlyList<Claim> Claims => claims;

    /// <summary>The server said that the token is good, when this was told of all later revocations already.</summary>
    public bool IsVettedIn(FeedEpoch epoch) => ReferenceEquals(Volatile.Read(ref _vetted), epoch);

    public void Vet(FeedEpoch epoch) => Volatile.Write(ref _vetted, epoch);
}
