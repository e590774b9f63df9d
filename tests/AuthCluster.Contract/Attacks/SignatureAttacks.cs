using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace AuthCluster.Contract.Attacks;

/// <summary>Signatures at the edges of their ranges, in other forms, or made with what everybody knows as if it were secret.</summary>
internal static class SignatureAttacks
{
    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    public static IEnumerable<Attack> On(Victim victim, string otherToken)
    {
        var signature = victim.Signature;
        yield return victim.WithSignature("no signature", []);
        yield return victim.WithSignature("a signature of zeros", new byte[signature.Length]);
        yield return victim.WithSignature("a signature of ones", [.. Enumerable.Repeat((byte)0xff, signature.Length)]);
        yield return victim.WithSignature("a signature cut by a byte", signature[..^1]);
        yield return victim.WithSignature("a signature and a byte", [.. signature, 0]);
        yield return victim.WithSignature("a zero and the signature", [0, .. signature]);
        yield return victim.WithSignature("the signature twice", [.. signature, .. signature]);
        yield return victim.WithSignature("the signature turned round", [.. signature.Reverse()]);
        yield return victim.WithSignature("the signature of another token", DecodedToken.Of(otherToken).Signature);
        yield return new("the signature not in base64url", $"{victim.Segments[0]}.{victim.Segments[1]}.{Convert.ToHexString(signature)}");
        Attack[] more = [.. Ranges(victim), .. GuessedKeys(victim)];
        foreach (var attack in more)
            yield return attack;
    }

    private static IEnumerable<Attack> Ranges(Victim victim) => victim.Algorithm switch
    {
        "ES256" => Elliptic(victim),
        "RS256" => Rsa(victim, Base64Url.DecodeFromChars(victim.PublicKey!.Value.Text("n"))),
        _ => [],
    };

    private static IEnumerable<Attack> Elliptic(Victim victim)
    {
        byte[] belowOrder = [.. Order[..^1], (byte)(Order[^1] - 1)];
        (string Name, byte[] Value)[] edges = [("0", new byte[32]), ("1", [.. new byte[31], 1]), ("n-1", belowOrder), ("n", Order)];
        foreach (var r in edges)
        {
            foreach (var s in edges)
                yield return victim.WithSignature($"r = {r.Name}, s = {s.Name}", [.. r.Value, .. s.Value]);
        }

        var (left, right) = (victim.Signature[..32], victim.Signature[32..]);
        yield return victim.WithSignature("r and s swapped", [.. right, .. left]);
        yield return victim.WithSignature("r and s padded to 48 bytes", [.. new byte[16], .. left, .. new byte[16], .. right]);
        yield return victim.WithSignature("the signature in DER", Der(left, right));
        yield return victim.WithSignature("r = s = 0 in DER", [0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00]);
    }

    private static byte[] Der(byte[] r, byte[] s)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(r, isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(s, isUnsigned: true, isBigEndian: true));
        }

        return writer.Encode();
    }

    private static IEnumerable<Attack> Rsa(Victim victim, byte[] modulus)
    {
        var n = new BigInteger(modulus, isUnsigned: true, isBigEndian: true);
        var signature = new BigInteger(victim.Signature, isUnsigned: true, isBigEndian: true);
        (string Name, BigInteger Value)[] edges =
            [("1", 1), ("n-1", n - 1), ("n", n), ("n+1", n + 1), ("the signature + n", signature + n), ("n - the signature", n - signature)];
        foreach (var (name, value) in edges)
        {
            var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
            yield return victim.WithSignature($"s = {name}", [.. new byte[Math.Max(0, modulus.Length - bytes.Length)], .. bytes]);
        }

        using var own = RSA.Create(2048);
        RSASignaturePadding[] paddings = [RSASignaturePadding.Pkcs1, RSASignaturePadding.Pss];
        Attack[] owns = [.. paddings.Select(padding => victim.WithHeader(
            $"own RSA key, {padding}", _ => { }, text => own.SignData(text, HashAlgorithmName.SHA256, padding)))];
        foreach (var attack in owns)
            yield return attack;
    }

    private static IEnumerable<Attack> GuessedKeys(Victim victim)
    {
        (string Name, byte[] Secret)[] secrets =
        [
            ("nothing", []), ("zeros", new byte[32]), ("secret", "secret"u8.ToArray()),
            ("the kid", Encoding.UTF8.GetBytes(DecodedToken.Of(victim.Token).KeyId)),
            ("the issuer", "authcluster"u8.ToArray()), ("the header", Encoding.ASCII.GetBytes(victim.Segments[0])),
            .. victim.PublicKey is { } jwk ? FormsOf(jwk) : [],
        ];
        foreach (var (name, secret) in secrets)
        {
            yield return victim.WithHeader($"HS256 keyed with {name}", header => header["alg"] = "HS256", text => HMACSHA256.HashData(secret, text));
            yield return victim.WithHeader($"HMAC keyed with {name}, alg as it was", _ => { }, text => HMACSHA256.HashData(secret, text));
            yield return victim.WithHeader($"HS512 keyed with {name}", header => header["alg"] = "HS512", text => HMACSHA512.HashData(secret, text));
        }
    }

    private static (string Name, byte[] Secret)[] FormsOf(JsonElement jwk)
    {
        using AsymmetricAlgorithm key = jwk.Text("kty") == "RSA" ? ReadRsa(jwk) : ReadElliptic(jwk);
        var pem = key.ExportSubjectPublicKeyInfoPem();
        var certificate = Certificate(key);
        return
        [
            ("the public key in DER", key.ExportSubjectPublicKeyInfo()),
            ("the public key in PEM", Encoding.ASCII.GetBytes(pem)),
            ("the public key in PEM and a line end", Encoding.ASCII.GetBytes(pem + "\n")),
            ("the public key in PEM with CR LF", Encoding.ASCII.GetBytes(pem.ReplaceLineEndings("\r\n"))),
            ("the public key in base64", Encoding.ASCII.GetBytes(Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()))),
            ("the public key as a JWK", Encoding.UTF8.GetBytes(jwk.GetRawText())),
            ("the set of keys", Encoding.UTF8.GetBytes($"{{\"keys\":[{jwk.GetRawText()}]}}")),
            ("a number of the public key", Base64Url.DecodeFromChars(jwk.Text(jwk.Text("kty") == "RSA" ? "n" : "x"))),
            ("the text of that number", Encoding.ASCII.GetBytes(jwk.Text(jwk.Text("kty") == "RSA" ? "n" : "x"))),
            ("a certificate of the public key in DER", certificate.RawData),
            ("a certificate of the public key in PEM", Encoding.ASCII.GetBytes(certificate.ExportCertificatePem())),
        ];
    }

    private static RSA ReadRsa(JsonElement jwk) =>
        RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars(jwk.Text("n")), Exponent = Base64Url.DecodeFromChars(jwk.Text("e")) });

    private static ECDsa ReadElliptic(JsonElement jwk) => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = Base64Url.DecodeFromChars(jwk.Text("x")), Y = Base64Url.DecodeFromChars(jwk.Text("y")) },
    });

    private static X509Certificate2 Certificate(AsymmetricAlgorithm key)
    {
        using var issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName("CN=authcluster"), new PublicKey(key), HashAlgorithmName.SHA256);
        var generator = X509SignatureGenerator.CreateForECDsa(issuer);
        return request.Create(
            new X500DistinguishedName("CN=authcluster"), generator, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200), [1]);
    }
}
