using System.Buffers.Text;
using System.Security.Cryptography;

namespace AuthCluster.Accounts;

/// <summary>
/// Codes that are handed out once and used once. An account keeps their hashes: a reader of the store has no code. A fast hash will do,
/// because nobody guesses 128 random bits.
/// </summary>
public static class OneTimeCode
{
    /// <summary>Bytes.</summary>
    public const int Size = 16;

    public static byte[] New() => RandomNumberGenerator.GetBytes(Size);

    /// <summary>SHA-256 of the code, base64url.</summary>
    public static string Hash(ReadOnlySpan<byte> code) => Base64Url.EncodeToString(SHA256.HashData(code));
}
