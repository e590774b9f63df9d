using System.Security.Cryptography;

namespace AuthCluster.Passwords.Formats;

/// <summary>
/// Keycloak's PBKDF2 credentials in one line: <c>keycloak$pbkdf2-sha256$27500$salt$hash</c>, that is its <c>algorithm</c>,
/// <c>hashIterations</c>, <c>salt</c> and <c>value</c>. The key is as long as the value: Keycloak makes 64 bytes, those who moved into it had fewer.
/// </summary>
internal sealed class KeycloakHash(HashAlgorithmName algorithm, int iterations, byte[] salt, byte[] hash) : StoredHash
{
    public const string Prefix = "keycloak$";

    private const int ShortestSalt = 8;
    private const int ShortestHash = 16;
    private const int LongestPart = 64;

    public static new StoredHash Parse(string stored)
    {
        if (stored.Split('$') is [_, var name, var count, var saltText, var hashText]
            && Algorithm(name) is { } algorithm
            && HashText.Number(count, 1, Pbkdf2Hash.MaxIterations) is { } iterations
            && HashText.Decode(saltText, ShortestSalt, LongestPart) is { } salt
            && HashText.Decode(hashText, ShortestHash, LongestPart) is { } hash)
        {
            return new KeycloakHash(algorithm, iterations, salt, hash);
        }

        throw Damaged();
    }

    public override bool Matches(ReadOnlySpan<byte> password) => CryptographicOperations.FixedTimeEquals(
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, algorithm, hash.Length), hash);

    private static HashAlgorithmName? Algorithm(string name) => name switch
    {
        "pbkdf2" => HashAlgorithmName.SHA1,
        "pbkdf2-sha256" => HashAlgorithmName.SHA256,
        "pbkdf2-sha512" => HashAlgorithmName.SHA512,
        _ => null,
    };
}
