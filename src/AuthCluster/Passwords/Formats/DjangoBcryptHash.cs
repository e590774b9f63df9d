using System.Security.Cryptography;
using System.Text;

namespace AuthCluster.Passwords.Formats;

/// <summary>
/// Django's bcrypt hashers: <c>bcrypt_sha256$$2b$12$…</c>, of the password's SHA-256 in hexadecimal, and <c>bcrypt$$2b$12$…</c>, of the
/// password itself.
/// </summary>
internal sealed class DjangoBcryptHash(BcryptHash hash) : StoredHash
{
    public const string Prefix = "bcrypt$";
    public const string Sha256Prefix = "bcrypt_sha256$";

    public static new StoredHash Parse(string stored) => BcryptHash.Parse(stored[Prefix.Length..]);

    public static StoredHash ParseSha256(string stored) => new DjangoBcryptHash(BcryptHash.Parse(stored[Sha256Prefix.Length..]));

    public override bool Matches(ReadOnlySpan<byte> password) =>
        hash.Matches(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(password))));
}
