using System.Security.Cryptography;
using System.Text;
using AuthCluster.Accounts;

namespace AuthCluster.Tokens.Legacy;

/// <summary>A token of another system whose signature, issuer and times were right.</summary>
/// <param name="Payload">Its claims, JSON.</param>
public sealed record LegacyToken(Guid AccountId, LegacyProof Proof, bool IsAccess, byte[] Payload);

/// <summary>How a token of another system is told apart from others.</summary>
public static class LegacyTokenId
{
    /// <summary>Of a <c>jti</c>; or of what is signed of a token that has none, which has one spelling.</summary>
    public static Guid Of(string jti) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"legacy {jti}")).AsSpan(0, 16), bigEndian: true);
}
