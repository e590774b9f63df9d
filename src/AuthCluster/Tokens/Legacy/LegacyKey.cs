using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AuthCluster.Tokens.Legacy;

/// <summary>The key by which another system's tokens are checked. It says which algorithms are right for it, never the token.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A key lives as long as the process.")]
internal sealed class LegacyKey
{
    private const string Pem = "-----BEGIN ";

    private const int LeastRsaBits = 2048;

    // The framework's keys are made for one thread at a time.
    private readonly Lock _lock = new();
    private readonly byte[]? _secret;
    private readonly RSA? _rsa;
    private readonly ECDsa? _curve;

    private LegacyKey(byte[] secret) => _secret = secret;

    private LegacyKey(RSA rsa) => _rsa = rsa;

    private LegacyKey(ECDsa curve) => _curve = curve;

    /// <summary>The text of a secret, as Django and others take theirs; or a public key as PEM, or a file with one.</summary>
    /// <exception cref="CryptographicException">It is PEM, and no public key.</exception>
    /// <exception cref="IOException">It names a file that cannot be read.</exception>
    public static LegacyKey Read(string setting)
    {
        if (PemOf(setting) is not { } pem)
            return new LegacyKey(Encoding.UTF8.GetBytes(setting));
        if (TryImport(RSA.Create(), pem) is { } rsa)
            return rsa.KeySize >= LeastRsaBits ? new LegacyKey(rsa) : throw new CryptographicException($"An RSA key has at least {LeastRsaBits} bits.");
        return TryImport(ECDsa.Create(), pem) is { } curve ? new LegacyKey(curve) : throw new CryptographicException("It is none of RSA or of a curve.");
    }

    public static bool IsPem(string setting) => PemOf(setting) is not null;

    public bool Verifies(string algorithm, byte[] data, byte[] signature)
    {
        if (_secret is not null)
            return VerifiesBySecret(algorithm, data, signature);
        lock (_lock)
            return VerifiesByPublicKey(algorithm, data, signature);
    }

    private bool VerifiesBySecret(string algorithm, byte[] data, byte[] signature) => algorithm switch
    {
        "HS256" => CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_secret!, data), signature),
        "HS384" => CryptographicOperations.FixedTimeEquals(HMACSHA384.HashData(_secret!, data), signature),
        "HS512" => CryptographicOperations.FixedTimeEquals(HMACSHA512.HashData(_secret!, data), signature),
        _ => false,
    };

    private bool VerifiesByPublicKey(string algorithm, byte[] data, byte[] signature) => algorithm switch
    {
        "RS256" when _rsa is not null => _rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        "RS384" when _rsa is not null => _rsa.VerifyData(data, signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
        "RS512" when _rsa is not null => _rsa.VerifyData(data, signature, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        "ES256" when _curve is { KeySize: 256 } => _curve.VerifyData(data, signature, HashAlgorithmName.SHA256),
        _ => false,
    };

    private static TKey? TryImport<TKey>(TKey key, string pem)
        where TKey : AsymmetricAlgorithm
    {
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }

    private static string? PemOf(string setting)
    {
        if (setting.Contains(Pem, StringComparison.Ordinal))
            return setting;
        return setting.EndsWith(".pem", StringComparison.Ordinal) ? File.ReadAllText(setting) : null;
    }
}
