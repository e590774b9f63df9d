using System.Buffers.Text;
using System.Security.Cryptography;
using AuthCluster.Options;
using Microsoft.IdentityModel.Tokens;

namespace AuthCluster.Keys;

/// <summary>One key that signs and verifies. Safe to use from many threads.</summary>
/// <remarks>Never disposed: a check may be using a key that has just been retired. Its handles go with the last token that points to it.</remarks>
public sealed class SigningKey
{
    /// <summary>RFC 7518 section 3.2: a key of the size of the hash or larger.</summary>
    public const int HmacKeySize = 32;

    private const int RsaKeySize = 2048;

    private static readonly byte[] RsaExponent = [1, 0, 1];

    // The factory's own cache is shared by the process and keeps what was retired.
    private static readonly CryptoProviderFactory Factory = new() { CacheSignatureProviders = false };

    private readonly SignatureProvider _signer;
    private readonly SignatureProvider _verifier;
    private readonly int _signatureSize;
    private volatile bool _retired;

    private SigningKey(TokenAlgorithm algorithm, string id, SecurityKey signing, SecurityKey verifying, int signatureSize)
    {
        Id = id;
        Algorithm = algorithm;
        AlgorithmName = algorithm.ToString();
        _signer = Factory.CreateForSigning(signing, AlgorithmName);
        _verifier = Factory.CreateForVerifying(verifying, AlgorithmName);
        _signatureSize = signatureSize;
    }

    /// <summary><c>kid</c>.</summary>
    public string Id { get; }

    public TokenAlgorithm Algorithm { get; }

    /// <summary><c>alg</c>.</summary>
    public string AlgorithmName { get; }

    /// <summary>The members of the public JWK (RFC 7517); <c>null</c> for HMAC keys, which have no public part.</summary>
    public IReadOnlyDictionary<string, string>? PublicJwk { get; private init; }

    /// <summary>Whether its tokens died before their time. Read on every use of a verified token, not only when it is verified.</summary>
    public bool IsRetired => _retired;

    /// <summary>What <see cref="Import"/> takes: PKCS #8, or the HMAC key itself.</summary>
    public static byte[] NewMaterial(TokenAlgorithm algorithm)
    {
        switch (algorithm)
        {
            case TokenAlgorithm.ES256:
                using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                    return key.ExportPkcs8PrivateKey();
            case TokenAlgorithm.RS256:
                using (var key = RSA.Create(RsaKeySize))
                    return key.ExportPkcs8PrivateKey();
            case TokenAlgorithm.HS256:
                return RandomNumberGenerator.GetBytes(HmacKeySize);
            default:
                throw new ArgumentOutOfRangeException(nameof(algorithm));
        }
    }

    /// <summary>Takes keys of the form that <see cref="NewMaterial"/> gives them. The same material always gives the same <see cref="Id"/>.</summary>
    /// <exception cref="ArgumentException">A key of another size, curve or exponent, which only somebody else can have made.</exception>
    public static SigningKey Import(TokenAlgorithm algorithm, byte[] material) => algorithm switch
    {
        TokenAlgorithm.ES256 => FromPrivateJwk(algorithm, ReadEllipticCurve(material), signatureSize: 64),
        TokenAlgorithm.RS256 => FromRsa(ReadRsa(material)),
        TokenAlgorithm.HS256 => FromHmacKey(material),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    public byte[] Sign(byte[] data) => _signer.Sign(data);

    public bool Verify(byte[] data, byte[] signature) => signature.Length == _signatureSize && data.Length > 0 && _verifier.Verify(data, signature);

    /// <summary>RFC 7638, with SHA-256.</summary>
    internal static string Thumbprint(JsonWebKey key) => Base64Url.EncodeToString(key.ComputeJwkThumbprint());

    internal void Retire() => _retired = true;

    private static SigningKey FromHmacKey(byte[] key)
    {
        if (key.Length < HmacKeySize)
            throw new ArgumentException($"An HMAC key needs {HmacKeySize} bytes.", nameof(key));
        // A thumbprint (RFC 7638 section 7) would be a hash of the secret; this tells nothing of it, and no signed text equals the label.
        var id = Base64Url.EncodeToString(HMACSHA256.HashData(key, "kid"u8).AsSpan(0, 16));
        var security = new SymmetricSecurityKey(key);
        return new SigningKey(TokenAlgorithm.HS256, id, security, security, signatureSize: 32);
    }

    private static SigningKey FromRsa(JsonWebKey key) => FromPrivateJwk(TokenAlgorithm.RS256, key, key.KeySize / 8);

    // A JWK put together from its numbers, not a key object of the platform: from numbers the provider makes an object for each thread that
    // works at the same time, while a key object would be shared by all of them, which the platform does not promise to bear.
    private static SigningKey FromPrivateJwk(TokenAlgorithm algorithm, JsonWebKey key, int signatureSize)
    {
        var shared = new JsonWebKey { Kty = key.Kty, Crv = key.Crv, X = key.X, Y = key.Y, N = key.N, E = key.E };
        var id = Thumbprint(shared);
        return new SigningKey(algorithm, id, key, shared, signatureSize) { PublicJwk = PublicMembers(shared, algorithm, id) };
    }

    private static Dictionary<string, string> PublicMembers(JsonWebKey key, TokenAlgorithm algorithm, string id)
    {
        var members = new Dictionary<string, string> { ["kty"] = key.Kty, ["use"] = "sig", ["alg"] = algorithm.ToString(), ["kid"] = id };
        (string Name, string? Value)[] numbers = [("crv", key.Crv), ("x", key.X), ("y", key.Y), ("n", key.N), ("e", key.E)];
        foreach (var (name, value) in numbers)
        {
            if (value is not null)
                members.Add(name, value);
        }

        return members;
    }

    private static JsonWebKey ReadEllipticCurve(byte[] pkcs8)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        var numbers = key.ExportParameters(includePrivateParameters: true);
        if (numbers.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
            throw new ArgumentException("An ES256 key is on the curve P-256.", nameof(pkcs8));
        return new JsonWebKey
        {
            Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
            Crv = JsonWebKeyECTypes.P256,
            X = Base64Url.EncodeToString(numbers.Q.X),
            Y = Base64Url.EncodeToString(numbers.Q.Y),
            D = Base64Url.EncodeToString(numbers.D),
        };
    }

    private static JsonWebKey ReadRsa(byte[] pkcs8)
    {
        using var key = RSA.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        var numbers = key.ExportParameters(includePrivateParameters: true);
        if (key.KeySize != RsaKeySize || !numbers.Exponent.AsSpan().SequenceEqual(RsaExponent))
            throw new ArgumentException($"An RS256 key has {RsaKeySize} bits and the exponent 65537.", nameof(pkcs8));
        return new JsonWebKey
        {
            Kty = JsonWebAlgorithmsKeyTypes.RSA,
            N = Base64Url.EncodeToString(numbers.Modulus),
            E = Base64Url.EncodeToString(numbers.Exponent),
            D = Base64Url.EncodeToString(numbers.D),
            P = Base64Url.EncodeToString(numbers.P),
            Q = Base64Url.EncodeToString(numbers.Q),
            DP = Base64Url.EncodeToString(numbers.DP),
            DQ = Base64Url.EncodeToString(numbers.DQ),
            QI = Base64Url.EncodeToString(numbers.InverseQ),
        };
    }
}
