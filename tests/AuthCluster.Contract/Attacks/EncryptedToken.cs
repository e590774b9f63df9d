using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AuthCluster.Contract.Attacks;

/// <summary>Compact JWE with <c>dir</c> and <c>A256GCM</c> (RFC 7516), for tests that hold the key.</summary>
internal static class EncryptedToken
{
    private const int TagSize = 16;

    /// <param name="header">The first segment, as it is to stand there.</param>
    public static string Encrypt(string header, string text, byte[] key)
    {
        var (nonce, bytes, tag) = (RandomNumberGenerator.GetBytes(12), Encoding.UTF8.GetBytes(text), new byte[TagSize]);
        using var cipher = new AesGcm(key, TagSize);
        cipher.Encrypt(nonce, bytes, bytes, tag, Encoding.ASCII.GetBytes(header));
        return $"{header}..{DecodedToken.Encode(nonce)}.{DecodedToken.Encode(bytes)}.{DecodedToken.Encode(tag)}";
    }

    public static string Decrypt(string token, byte[] key)
    {
        var segments = token.Split('.');
        var bytes = Base64Url.DecodeFromChars(segments[3]);
        using var cipher = new AesGcm(key, TagSize);
        cipher.Decrypt(
            Base64Url.DecodeFromChars(segments[2]), bytes, Base64Url.DecodeFromChars(segments[4]), bytes, Encoding.ASCII.GetBytes(segments[0]));
        return Encoding.ASCII.GetString(bytes);
    }
}
