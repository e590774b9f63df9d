using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AuthCluster.Passwords.Formats;

/// <summary>
/// ASP.NET Core Identity, version 3: base64 of 0x01, three big-endian numbers (PRF, iterations, length of the salt), salt and PBKDF2 key.
/// </summary>
internal sealed class IdentityHash : StoredHash
{
    /// <summary>0x01 and the zeros of the first number, in base64.</summary>
    public const string Prefix = "AQAAAA";

    private const int HeaderLength = 13;
    private const int ShortestPart = 16;
    private const int LongestPart = 64;

    /// <summary>In the order of Identity's KeyDerivationPrf.</summary>
    private static readonly HashAlgorithmName[] Algorithms = [HashAlgorithmName.SHA1, HashAlgorithmName.SHA256, HashAlgorithmName.SHA512];

    private readonly HashAlgorithmName _algorithm;
    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _key;

    private IdentityHash(byte[] bytes)
    {
        var algorithm = ReadNumber(bytes, 1);
        var iterations = ReadNumber(bytes, 5);
        var saltLength = ReadNumber(bytes, 9);
        var keyLength = bytes.Length - HeaderLength - saltLength;
        if (algorithm >= Algorithms.Length
            || iterations is < 1 or > Pbkdf2Hash.MaxIterations
            || saltLength is < ShortestPart or > LongestPart
            || keyLength is < ShortestPart or > LongestPart)
        {
            throw Damaged();
        }

        (_algorithm, _iterations) = (Algorithms[algorithm], (int)iterations);
        _salt = bytes[HeaderLength..(HeaderLength + (int)saltLength)];
        _key = bytes[^(int)keyLength..];
    }

    public static new StoredHash Parse(string stored) =>
        new IdentityHash(HashText.Decode(stored, HeaderLength + (2 * ShortestPart), HeaderLength + (2 * LongestPart)) ?? throw Damaged());

    public override bool Matches(ReadOnlySpan<byte> password) => CryptographicOperations.FixedTimeEquals(
        Rfc2898DeriveBytes.Pbkdf2(password, _salt, _iterations, _algorithm, _key.Length), _key);

    private static long ReadNumber(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(offset));
}
