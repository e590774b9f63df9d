using System.Security.Cryptography;
using System.Text.Json;
using AuthCluster.Keys;
using AuthCluster.Options;
using AuthCluster.Tokens;

namespace AuthCluster.Tests.Vectors;

/// <summary>
/// The keys of a test vector, as far as the product would have them. It reads no JWK: it makes its keys itself, keeps each with its algorithm, and
/// names it by its own content. So only keys for signing with one of its algorithms are taken, with their private part, and each name once.
/// </summary>
internal sealed class VectorKeys
{
    private readonly Dictionary<string, SigningKey> _keys = new(StringComparer.Ordinal);

    private VectorKeys()
    {
    }

    /// <summary><c>null</c> where one of the keys is not taken: a key ring opens as a whole or not at all.</summary>
    /// <param name="given">A JWK, or a set of them.</param>
    public static VectorKeys? Of(JsonElement given)
    {
        var keys = new VectorKeys();
        JsonElement[] all = given.TryGetProperty("keys", out var set) ? [.. set.EnumerateArray()] : [given];
        return all.All(keys.TryAdd) ? keys : null;
    }

    public SigningKey? Find(string name) => _keys.GetValueOrDefault(name);

    private bool TryAdd(JsonElement jwk)
    {
        if (!IsForSigning(jwk) || !Enum.TryParse<TokenAlgorithm>(Text(jwk, "alg"), out var algorithm))
            return false;
        try
        {
            return Material(jwk, algorithm) is { } material && _keys.TryAdd(Text(jwk, "kid")!, SigningKey.Import(algorithm, material));
        }
        catch (Exception refused) when (refused is ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    private static bool IsForSigning(JsonElement jwk) =>
        Text(jwk, "use") is null or "sig"
        && (!jwk.TryGetProperty("key_ops", out var operations) || operations.GetRawText().Contains("sign", StringComparison.Ordinal));

    private static byte[]? Material(JsonElement jwk, TokenAlgorithm algorithm) => (algorithm, Text(jwk, "kty")) switch
    {
        (TokenAlgorithm.HS256, "oct") => Number(jwk, "k"),
        (TokenAlgorithm.ES256, "EC") when Text(jwk, "d") is not null => EllipticMaterial(jwk),
        (TokenAlgorithm.RS256, "RSA") when Text(jwk, "d") is not null => RsaMaterial(jwk),
        _ => null,
    };

    private static byte[] EllipticMaterial(JsonElement jwk)
    {
        var curve = Text(jwk, "crv") == "P-256" ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384;
        var point = new ECPoint { X = Number(jwk, "x"), Y = Number(jwk, "y") };
        using var key = ECDsa.Create(new ECParameters { Curve = curve, Q = point, D = Number(jwk, "d") });
        return key.ExportPkcs8PrivateKey();
    }

    private static byte[] RsaMaterial(JsonElement jwk)
    {
        using var key = RSA.Create(new RSAParameters
        {
            Modulus = Number(jwk, "n"),
            Exponent = Number(jwk, "e"),
            D = Number(jwk, "d"),
            P = Number(jwk, "p"),
            Q = Number(jwk, "q"),
            DP = Number(jwk, "dp"),
            DQ = Number(jwk, "dq"),
            InverseQ = Number(jwk, "qi"),
        });
        return key.ExportPkcs8PrivateKey();
    }

    private static string? Text(JsonElement jwk, string member) => jwk.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static byte[] Number(JsonElement jwk, string member) =>
        StrictBase64Url.Decode(Text(jwk, member)) ?? throw new CryptographicException($"{member} is not base64url.");
}
