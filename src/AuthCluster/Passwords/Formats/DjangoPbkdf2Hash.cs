using System.Security.Cryptography;
using System.Text;

namespace AuthCluster.Passwords.Formats;

/// <summary>Django's PBKDF2 hashers: <c>pbkdf2_sha256$1000000$salt$hash</c>. The salt is taken as text, the hash is as long as the digest.</summary>
internal sealed class DjangoPbkdf2Hash : StoredHash
{
    public const string Sha256Prefix = "pbkdf2_sha256$";
    public const string Sha1Prefix = "pbkdf2_sha1$";

    private readonly HashAlgorithmName _algorithm;
    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private DjangoPbkdf2Hash(string stored, HashAlgorithmName algorithm, int length)
    {
        if (stored.Split('$') is not [_, var count, var salt, var hashText]
            || HashText.Number(count, 1, Pbkdf2Hash.MaxIterations) is not { } iterations
            || HashText.Decode(hashText, length, length) is not { } hash)
        {
            throw Damaged();
        }

        (_algorithm, _iterations, _salt, _hash) = (algorithm, iterations, Encoding.UTF8.GetBytes(salt), hash);
    }

    public static StoredHash ParseSha256(string stored) => new DjangoPbkdf2Hash(stored, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);

    public static StoredHash ParseSha1(string stored) => new DjangoPbkdf2Hash(stored, HashAlgorithmName.SHA1, SHA1.HashSizeInBytes);

    public override bool Matches(ReadOnlySpan<byte> password) => CryptographicOperations.FixedTimeEquals(
        Rfc2898DeriveBytes.Pbkdf2(password, _salt, _iterations, _algorithm, _hash.Length), _hash);
}
