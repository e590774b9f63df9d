using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AuthCluster.Keys;
using AuthCluster.Options;

namespace AuthCluster.Tokens;

/// <summary>The encrypted layer around a signed token: compact JWE with <c>dir</c> and <c>A256GCM</c> (RFC 7516, RFC 7518 section 5.3).</summary>
/// <remarks>
/// Nonces are random. Past 2^32 tokens under one key two of them might be equal, which could lay open those two tokens; that nobody can make or
/// change a token rests on the signature inside.
/// </remarks>
internal sealed class CompactEncryption
{
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _key;
    private readonly string _header;
    private readonly byte[] _associatedData;

    public CompactEncryption(byte[] key)
    {
        _key = key;
        var id = Base64Url.EncodeToString(HMACSHA256.HashData(key, "kid"u8).AsSpan(0, 16));
        _header = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"typ":"JWT","cty":"JWT","alg":"dir","enc":"A256GCM","kid":"{{id}}"}"""));
        _associatedData = Encoding.ASCII.GetBytes(_header);
    }

    /// <summary><c>null</c> where the settings ask for no encryption.</summary>
    /// <exception cref="BadConfigurationException">The configured key is not the base64 of 32 bytes.</exception>
    public static CompactEncryption? For(TokenOptions options, MasterKey master)
    {
        if (!options.Encrypt)
            return null;
        return new CompactEncryption(options.EncryptionKey is { } text
            ? ConfiguredKey.Exactly(KeySize, "Tokens:EncryptionKey", text)
            : master.Derive("token-encryption"));
    }

    public string Encrypt(string token)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        var text = Encoding.ASCII.GetBytes(token);
        var tag = new byte[TagSize];
        using var cipher = new AesGcm(_key, TagSize);
        cipher.Encrypt(nonce, text, text, tag, _associatedData);
        return $"{_header}..{Base64Url.EncodeToString(nonce)}.{Base64Url.EncodeToString(text)}.{Base64Url.EncodeToString(tag)}";
    }

    /// <summary>The signed token inside; <c>null</c> for anything that <see cref="Encrypt"/> did not write under this key.</summary>
    public string? Decrypt(ReadOnlySpan<char> token)
    {
        Span<Range> segments = stackalloc Range[6];
        if (token.Split(segments, '.') != 5 || !token[segments[1]].IsEmpty)
            return null;
        // All tokens have the same header, so that nothing in it is parsed before it is known to be ours.
        if (!token[segments[0]].SequenceEqual(_header))
            return null;
        if (StrictBase64Url.Decode(token[segments[2]]) is not { Length: NonceSize } nonce
            || StrictBase64Url.Decode(token[segments[3]]) is not { } text
            || StrictBase64Url.Decode(token[segments[4]]) is not { Length: TagSize } tag)
            return null;
        try
        {
            using var cipher = new AesGcm(_key, TagSize);
            cipher.Decrypt(nonce, text, tag, text, _associatedData);
            return Encoding.ASCII.GetString(text);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
