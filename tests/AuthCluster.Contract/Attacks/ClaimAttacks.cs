using System.Text;
using System.Text.Json.Nodes;

namespace AuthCluster.Contract.Attacks;

/// <summary>Wrong claims: with the signature that the token had, and, where the key is shared, with a right one.</summary>
internal static class ClaimAttacks
{
    private const string Nobody = "00000000-0000-4000-8000-000000000000";

    /// <param name="other">A token of the same kind of somebody else.</param>
    /// <param name="sibling">The token of the other kind of the same session.</param>
    public static IEnumerable<Attack> On(Victim victim, Victim other, Victim sibling, Func<byte[], byte[]> sign)
    {
        foreach (var (name, change) in Changes(other, sibling))
            yield return victim.WithPayload(name, change, sign);
        foreach (var name in (string[])["iss", "aud", "sub", "sid", "uuid", "jti", "rot", "iat", "exp"])
        {
            yield return victim.WithPayload($"{name} missing", payload => payload.Remove(name), sign);
            yield return victim.WithPayload($"{name} null", payload => payload[name] = null, sign);
            yield return victim.WithPayload($"{name} an array", payload => payload[name] = new JsonArray(payload[name]!.DeepClone()), sign);
            yield return new($"{name} twice", Twice(victim, name, sign));
        }
    }

    /// <summary>Payloads and headers of other forms, rightly signed: only for servers whose key the test holds.</summary>
    public static IEnumerable<Attack> Signed(Victim victim, Victim sibling, Func<byte[], byte[]> sign)
    {
        yield return new("the claims of one kind under the header of the other", DecodedToken.Forge(victim.HeaderJson, sibling.PayloadJson, sign));
        string[] payloads =
        [
            "", "null", "[]", "{}", "\"text\"", "1", $"[{victim.PayloadJson}]", $"\ufeff{victim.PayloadJson}", $"{victim.PayloadJson}x",
            $"{victim.PayloadJson}{{}}",
            $"{victim.PayloadJson[..^1]},}}", $"{victim.PayloadJson[..^1]},\"x\":{new string('[', 100)}{new string(']', 100)}}}",
            new string('[', 5_000),
        ];
        for (var i = 0; i < payloads.Length; i++)
            yield return new($"a payload of another form ({i})", DecodedToken.Forge(victim.HeaderJson, payloads[i], sign));
        foreach (var algorithm in (string[])["HS384", "HS512", "none", "hs256", "HS256 "])
            yield return victim.WithHeader($"alg {algorithm}, rightly signed", header => header["alg"] = algorithm, sign);
        foreach (var member in (string[])["jwk", "jku", "x5u", "x5c", "x5t", "crit", "b64", "zip", "cty", "exp", "iss"])
            yield return victim.WithHeader($"{member} in the header, rightly signed", header => header[member] = "x", sign);
        foreach (var member in (string[])["typ", "kid", "alg"])
            yield return victim.WithHeader($"{member} missing, rightly signed", header => header.Remove(member), sign);
        foreach (var type in (string[])["JWT", "mfa+jwt", "AT+JWT", "application/at+jwt"])
            yield return victim.WithHeader($"typ {type}, rightly signed", header => header["typ"] = type, sign);
        yield return new("nested, rightly signed outside", DecodedToken.Forge(victim.HeaderJson, victim.Token, sign));
        yield return new("a payload in UTF-16", ForgeBytes(victim, Encoding.Unicode.GetBytes(victim.PayloadJson), sign));
        byte[] invalid = [.. Encoding.UTF8.GetBytes(victim.PayloadJson[..^1]), 0xff, (byte)'}'];
        yield return new("a payload that is no UTF-8", ForgeBytes(victim, invalid, sign));
        yield return new("a payload with padding, rightly signed", Respelled(victim, "=", sign));
        yield return new("a payload with a newline, rightly signed", Respelled(victim, "\n", sign));
    }

    private static (string Name, Action<JsonObject> Change)[] Changes(Victim other, Victim sibling) =>
    [
        ("iss of another", payload => payload["iss"] = "https://elsewhere.example"),
        ("iss with a slash behind", payload => payload["iss"] = $"{payload["iss"]}/"),
        ("iss in upper case", payload => payload["iss"] = payload["iss"]!.GetValue<string>().ToUpperInvariant()),
        ("aud of another", payload => payload["aud"] = "elsewhere"),
        ("aud of two", payload => payload["aud"] = new JsonArray(payload["aud"]!.DeepClone(), "elsewhere")),
        ("sub of another", payload => payload["sub"] = other.Payload.Text("sub")),
        ("sub of nobody", payload => payload["sub"] = Nobody),
        ("sub an e-mail address", payload => payload["sub"] = ContractSuite.AdministratorEmail),
        ("sub a number", payload => payload["sub"] = 1),
        ("sub in braces", payload => payload["sub"] = $"{{{payload["sub"]}}}"),
        ("sid of another", payload => payload["sid"] = other.Payload.Text("sid")),
        ("sid of nobody", payload => payload["sid"] = Nobody),
        ("sub and sid of another", payload => (payload["sub"], payload["sid"]) = (other.Payload.Text("sub"), other.Payload.Text("sid"))),
        ("uuid of another", payload => payload["uuid"] = other.Payload.Text("uuid")),
        ("uuid of the other kind", payload => payload["uuid"] = sibling.Payload.Text("uuid")),
        ("uuid of zeros", payload => payload["uuid"] = Guid.Empty.ToString()),
        ("exp past", payload => payload["exp"] = payload["iat"]!.GetValue<long>() - 1),
        ("exp 0", payload => payload["exp"] = 0),
        ("exp below 0", payload => payload["exp"] = -1),
        ("exp a text", payload => payload["exp"] = "99999999999"),
        ("exp a fraction", payload => payload["exp"] = 99999999999.5),
        ("exp out of range", payload => payload["exp"] = JsonNode.Parse("1e400")),
        ("iat in a year", payload => payload["iat"] = payload["iat"]!.GetValue<long>() + 31_536_000),
        ("iat a text", payload => payload["iat"] = "1"),
        ("nbf in a year", payload => payload["nbf"] = payload["iat"]!.GetValue<long>() + 31_536_000),
        ("nbf a text", payload => payload["nbf"] = "1"),
        ("rot 0", payload => payload["rot"] = 0),
        ("rot out of range", payload => payload["rot"] = 2147483648),
    ];

    private static string Twice(Victim victim, string name, Func<byte[], byte[]> sign)
    {
        var value = victim.Payload.GetProperty(name).GetRawText();
        return DecodedToken.Forge(victim.HeaderJson, $"{{\"{name}\":{value},{victim.PayloadJson[1..]}", sign);
    }

    private static string ForgeBytes(Victim victim, byte[] payload, Func<byte[], byte[]> sign) =>
        Signed($"{victim.Segments[0]}.{DecodedToken.Encode(payload)}", sign);

    private static string Respelled(Victim victim, string behind, Func<byte[], byte[]> sign) =>
        Signed($"{victim.Segments[0]}.{victim.Segments[1]}{behind}", sign);

    private static string Signed(string text, Func<byte[], byte[]> sign) => $"{text}.{DecodedToken.Encode(sign(Encoding.ASCII.GetBytes(text)))}";
}
