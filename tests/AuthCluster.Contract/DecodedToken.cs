using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>A signed token (RFC 7515 compact form), taken apart without any library that might forgive.</summary>
public sealed record DecodedToken(JsonElement Header, JsonElement Payload, byte[] SignedText, byte[] Signature)
{
    public string KeyId => Header.Text("kid");

    public string Id => Payload.Text("jti");

    public long Expires => Payload.GetProperty("exp").GetInt64();

    public long Issued => Payload.GetProperty("iat").GetInt64();

    public int Rotation => Payload.GetProperty("rot").GetInt32();

    public static DecodedToken Of(string token)
    {
        var parts = token.Split('.');
        Assert.Equal(3, parts.Length);
        return new DecodedToken(
            JsonElement.Parse(Base64Url.DecodeFromChars(parts[0])),
            JsonElement.Parse(Base64Url.DecodeFromChars(parts[1])),
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            Base64Url.DecodeFromChars(parts[2]));
    }

    /// <summary>A token whose signature is whatever the given function makes of the text to sign.</summary>
    public static string Forge(string header, string payload, Func<byte[], byte[]> sign)
    {
        var text = $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(payload))}";
        return $"{text}.{Encode(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    public static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>Whether a key of a JWK set (RFC 7517) made the signature.</summary>
    public bool IsSignedBy(JsonElement key)
    {
        if (key.Text("kty") == "RSA")
        {
            using var rsa = RSA.Create(new RSAParameters { Modulus = Member(key, "n"), Exponent = Member(key, "e") });
            return rsa.VerifyData(SignedText, Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Member(key, "x"), Y = Member(key, "y") },
        });
        return ecdsa.VerifyData(SignedText, Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static byte[] Member(JsonElement key, string name) => Base64Url.DecodeFromChars(key.Text(name));
}
