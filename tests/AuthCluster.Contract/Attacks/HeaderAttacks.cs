using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace AuthCluster.Contract.Attacks;

/// <summary>Headers that talk a verifier out of its key or its algorithm (RFC 8725 sections 2.1 to 2.9).</summary>
internal static class HeaderAttacks
{
    public static IEnumerable<Attack> On(Victim victim) =>
        [.. Unsigned(victim), .. OwnKeys(victim), .. KeyIds(victim), .. Extensions(victim), .. Kinds(victim), .. Forms(victim)];

    private static IEnumerable<Attack> Unsigned(Victim victim)
    {
        foreach (var name in (string[])["none", "None", "NONE", "nOnE", "none ", "", "null", "HS256", "HS512", "ES384", "PS256", "RS1", "dir"])
        {
            if (name == victim.Algorithm)
                continue;
            yield return victim.WithHeader($"alg {name}, no signature", header => header["alg"] = name, _ => []);
            yield return victim.WithHeader($"alg {name}, old signature", header => header["alg"] = name);
        }

        yield return new("alg none, two segments", $"{Victim.Encode("""{"alg":"none"}""")}.{victim.Segments[1]}");
        yield return victim.WithHeader("alg in lower case", header => header["alg"] = victim.Algorithm.ToLowerInvariant());
        yield return victim.WithHeader("alg null", header => header["alg"] = null);
        yield return victim.WithHeader("alg an array", header => header["alg"] = new JsonArray(victim.Algorithm));
        yield return victim.WithHeader("alg a number", header => header["alg"] = 256);
        yield return victim.WithHeader("alg missing", header => header.Remove("alg"));
    }

    private static IEnumerable<Attack> OwnKeys(Victim victim)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = new CertificateRequest("CN=attacker", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        JsonObject Jwk() => new()
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = DecodedToken.Encode(point.X!),
            ["y"] = DecodedToken.Encode(point.Y!),
        };
        (string Name, Action<JsonObject> Change)[] changes =
        [
            ("own key", header => header["alg"] = "ES256"),
            ("own key as jwk", header => header["jwk"] = Jwk()),
            ("own key as jwk, without kid", header => { header["jwk"] = Jwk(); header.Remove("kid"); }),
            ("own key by jku", header => header["jku"] = "http://127.0.0.1:1/jwks.json"),
            ("own key by x5u", header => header["x5u"] = "http://127.0.0.1:1/certificate.pem"),
            ("own key as x5c", header => header["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData))),
            ("own key by x5t", header => header["x5t"] = DecodedToken.Encode(certificate.GetCertHash())),
            ("own key by x5t#S256", header => header["x5t#S256"] = DecodedToken.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256))),
        ];
        byte[] Sign(byte[] text) => key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return [.. changes.Select(change => victim.WithHeader(change.Name, header =>
        {
            header["alg"] = "ES256";
            change.Change(header);
        }, Sign))];
    }

    private static IEnumerable<Attack> KeyIds(Victim victim)
    {
        string[] names =
        [
            "", "another", "../../../../dev/null", "/proc/sys/kernel/randomize_va_space", "file:///dev/null", "http://127.0.0.1:1/key",
            "|/usr/bin/uname",
            "' UNION SELECT 'key' --", "1 OR 1=1", "\u0000", "${jndi:ldap://127.0.0.1:1/a}", "{{7*7}}", new('k', 8 * 1024),
        ];
        byte[] noKey = [];
        foreach (var name in names)
        {
            var label = name.Length > 40 ? $"kid of {name.Length} characters" : $"kid {name}";
            yield return victim.WithHeader(label, header => header["kid"] = name);
            yield return victim.WithHeader($"{label}, HMAC with no key", header => Set(header, name), text => HMACSHA256.HashData(noKey, text));
        }

        yield return victim.WithHeader("kid with a space behind", header => header["kid"] = $"{header["kid"]} ");
        yield return victim.WithHeader("kid with NUL behind", header => header["kid"] = $"{header["kid"]}\0");
        yield return victim.WithHeader("kid an array", header => header["kid"] = new JsonArray(header["kid"]!.GetValue<string>()));
        yield return victim.WithHeader("kid an object", header => header["kid"] = new JsonObject { ["kid"] = header["kid"]!.GetValue<string>() });
        yield return victim.WithHeader("kid null", header => header["kid"] = null);
        yield return victim.WithHeader("kid a number", header => header["kid"] = 0);
        yield return victim.WithHeader("kid missing", header => header.Remove("kid"));

        static void Set(JsonObject header, string name) => (header["alg"], header["kid"]) = ("HS256", name);
    }

    private static IEnumerable<Attack> Extensions(Victim victim)
    {
        yield return victim.WithHeader("crit of an unknown extension", header => (header["crit"], header["x"]) = (new JsonArray("x"), 1));
        yield return victim.WithHeader("crit empty", header => header["crit"] = new JsonArray());
        yield return victim.WithHeader("b64 false", header => (header["b64"], header["crit"]) = (false, new JsonArray("b64")));
        var unencoded = $"{victim.HeaderJson[..^1]},\"b64\":false,\"crit\":[\"b64\"]}}";
        yield return new("b64 false, bare payload", $"{Victim.Encode(unencoded)}.{victim.PayloadJson}.{victim.Segments[2]}");
        yield return victim.WithHeader("zip", header => header["zip"] = "DEF");
        yield return victim.WithHeader("cty JWT", header => header["cty"] = "JWT");
        yield return victim.WithHeader("claims in the header", header => header["exp"] = 99999999999);
    }

    private static IEnumerable<Attack> Kinds(Victim victim)
    {
        var other = victim.HeaderJson.Contains("at+jwt", StringComparison.Ordinal) ? "rt+jwt" : "at+jwt";
        foreach (var type in (string[])[other, "mfa+jwt", "JWT", "jwt", "AT+JWT", "application/at+jwt", ""])
            yield return victim.WithHeader($"typ {type}", header => header["typ"] = type);
        yield return victim.WithHeader("typ missing", header => header.Remove("typ"));
        yield return victim.WithHeader("typ null", header => header["typ"] = null);
    }

    private static IEnumerable<Attack> Forms(Victim victim)
    {
        var (header, rest) = (victim.HeaderJson, $".{victim.Segments[1]}.{victim.Segments[2]}");
        (string Name, string Header)[] forms =
        [
            ("alg twice, ours first", $"{header[..^1]},\"alg\":\"none\"}}"),
            ("alg twice, ours last", $"{{\"alg\":\"none\",{header[1..]}"),
            ("alg twice, once escaped", $"{{\"\\u0061lg\":\"none\",{header[1..]}"),
            ("kid twice", $"{header[..^1]},\"kid\":\"x\"}}"),
            ("typ twice", $"{header[..^1]},\"typ\":\"rt+jwt\"}}"),
            ("a comma too many", $"{header[..^1]},}}"),
            ("a comment", $"/**/{header}"),
            ("a byte order mark before the header", $"\ufeff{header}"),
            ("a space before the header", $" {header}"),
            ("two headers", header + header),
            ("the header an array", $"[{header}]"),
            ("the header a text", JsonValue.Create(header).ToJsonString()),
            ("the header null", "null"),
            ("the header nested deeply", new string('[', 2_000)),
            ("a lone surrogate", """{"alg":"\ud800"}"""),
        ];
        foreach (var (name, text) in forms)
            yield return new(name, Victim.Encode(text) + rest);
        yield return new("the header in UTF-16", DecodedToken.Encode(Encoding.Unicode.GetBytes(header)) + rest);
        yield return new("the header in UTF-8 that is none", DecodedToken.Encode([.. Encoding.UTF8.GetBytes(header), 0xff]) + rest);
    }
}
