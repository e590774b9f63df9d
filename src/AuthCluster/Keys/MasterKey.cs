using System.Security.Cryptography;
using System.Text;

namespace AuthCluster.Keys;

/// <summary>Seals what the store must not be able to read. Every other secret key of a deployment is derived from it.</summary>
public sealed class MasterKey
{
    public const int Size = 32;

    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _key;

    private MasterKey(byte[] key) => _key = key;

    /// <exception cref="BadConfigurationException">The text is not the base64 of 32 bytes.</exception>
    public static MasterKey FromBase64(string text, string name = "The master key") => new(ConfiguredKey.Exactly(Size, name, text));

    /// <summary>AES-256-GCM. What is sealed for one purpose and id opens for no other.</summary>
    /// <remarks>The nonce is random: at most 2^32 seals a purpose (NIST SP 800-38D section 8.3).</remarks>
    public byte[] Seal(string purpose, string id, ReadOnlySpan<byte> plain)
    {
        var result = new byte[NonceSize + plain.Length + TagSize];
        var nonce = result.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = CipherFor(purpose);
        cipher.Encrypt(nonce, plain, result.AsSpan(NonceSize, plain.Length), result.AsSpan(^TagSize..), Label(purpose, id));
        return result;
    }

    /// <summary><c>null</c> where this was not sealed by this key, for this purpose and id.</summary>
    public byte[]? Open(string purpose, string id, ReadOnlySpan<byte> @sealed)
    {
        if (@sealed.Length < NonceSize + TagSize)
            return null;
        var plain = new byte[@sealed.Length - NonceSize - TagSize];
        using var cipher = CipherFor(purpose);
        try
        {
            cipher.Decrypt(@sealed[..NonceSize], @sealed[NonceSize..^TagSize], @sealed[^TagSize..], plain, Label(purpose, id));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>A key of 32 bytes for this purpose, always the same.</summary>
    public byte[] Derive(string purpose) => Subkey("derive", purpose);

    private AesGcm CipherFor(string purpose) => new(Subkey("seal", purpose), TagSize);

    private byte[] Subkey(string use, string purpose) =>
        HKDF.Expand(HashAlgorithmName.SHA256, _key, Size, Encoding.UTF8.GetBytes($"authcluster {use} {purpose}"));

    private static byte[] Label(string purpose, string id) => Encoding.UTF8.GetBytes($"{purpose}\0{id}");
}
