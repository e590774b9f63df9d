using System.Security.Cryptography;
using System.Text;

namespace AuthCluster.Contract.Attacks;

/// <summary>A living token, bare or encrypted, written in ways that a forgiving reader would take for the same.</summary>
internal static class SpellingAttacks
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    public static IEnumerable<Attack> On(string token)
    {
        var segments = token.Split('.');
        var (first, last) = (segments[0], segments[^1]);
        (string Name, string Token)[] spellings =
        [
            ("a dot behind", $"{token}."), ("a dot before", $".{token}"), ("two dots", token.Replace(".", "..", StringComparison.Ordinal)),
            ("a segment more", $"{token}.e30"), ("two segments more", $"{token}.AA.AA"), ("a segment less", token[..token.LastIndexOf('.')]),
            ("the last segment empty", token[..(token.LastIndexOf('.') + 1)]), ("only the first segment", first),
            ("the segments turned round", string.Join('.', segments.Reverse())), ("commas for dots", token.Replace('.', ',')),
            ("dots percent-encoded", token.Replace(".", "%2E", StringComparison.Ordinal)),
            ("a newline behind", $"{token}\n"), ("CR LF behind", $"{token}\r\n"), ("a newline before", $"\n{token}"),
            ("a newline inside", token.Insert(10, "\n")), ("a newline in the last segment", token.Insert(token.Length - 5, "\n")),
            ("a space behind", $"{token} "), ("a space before", $" {token}"), ("a space inside", token.Insert(10, " ")),
            ("a tab behind", $"{token}\t"), ("NUL behind", $"{token}\0"), ("NUL inside", token.Insert(10, "\0")),
            ("NUL and more behind", $"{token}\0x"),
            ("a byte order mark before", $"\ufeff{token}"), ("a zero-width space behind", $"{token}\u200b"),
            ("a no-break space behind", $"{token}\u00a0"),
            ("padding behind", $"{token}="), ("two of padding behind", $"{token}=="),
            ("padding in every segment", string.Join('.', segments.Select(Padded))),
            ("the other alphabet", $"{token.Replace('-', '+').Replace('_', '/')}+"), ("an A behind", $"{token}A"), ("four A behind", $"{token}AAAA"),
            ("percent-encoded padding", $"{token}%3D"), ("in upper case", token.ToUpperInvariant()), ("in lower case", token.ToLowerInvariant()),
            ("in full width", Widened(token)), ("a letter of another script", token.Replace('A', '\u0410').Replace('a', '\u0430')),
            ("the last character's idle bits", token[..^1] + Alphabet[Alphabet.IndexOf(token[^1], StringComparison.Ordinal) ^ 1]),
            ("in quotes", $"\"{token}\""), ("with the scheme again", $"Bearer {token}"), ("twice", token + token),
            ("twice with a comma", $"{token},{token}"),
            ("twice with a space", $"{token} {token}"), ("in base64url again", Victim.Encode(token)),
            ("turned round", string.Concat(token.Reverse())),
            ("over-long", token + new string('A', 17_000 - token.Length)), ("over-long in the first segment", new string('A', 17_000) + token),
            ("nothing but dots", new string('.', 4)), ("null", "null"), ("undefined", "undefined"), ("an empty object", "{}"), ("a star", "*"),
            ("a percent sign", "%"),
            ("a key between the segments", $"{first}.{last}.{first}"),
        ];
        return [.. spellings.Select(spelling => new Attack(spelling.Name, spelling.Token))];
    }

    /// <summary>Signed tokens in the other serialisations of RFC 7515, and inside others.</summary>
    public static IEnumerable<Attack> OtherForms(Victim victim)
    {
        var (header, payload, signature) = (victim.Segments[0], victim.Segments[1], victim.Segments[2]);
        yield return new("flattened JSON", $$"""{"protected":"{{header}}","payload":"{{payload}}","signature":"{{signature}}"}""");
        yield return new("general JSON", $$"""{"payload":"{{payload}}","signatures":[{"protected":"{{header}}","signature":"{{signature}}"}]}""");
        yield return new(
            "JSON with an unprotected header", $$"""{"payload":"{{payload}}","header":{{victim.HeaderJson}},"signature":"{{signature}}"}""");
        yield return new("a detached payload", $"{header}..{signature}");
        yield return new("a bare payload", $"{header}.{victim.PayloadJson}.{signature}");
        yield return new("nested, unsigned outside", $"{Victim.Encode("""{"alg":"none","cty":"JWT"}""")}.{Victim.Encode(victim.Token)}.");
        yield return new("nested under its own header", $"{header}.{Victim.Encode(victim.Token)}.{signature}");
        yield return new("encrypted with a key of one's own", Encrypted(victim.Token, RandomNumberGenerator.GetBytes(32)));
        yield return new("encrypted with a key of zeros", Encrypted(victim.Token, new byte[32]));
        yield return new(
            "encrypted to a password of many rounds",
            Victim.Encode("""{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2s":"AAAAAAAAAAA","p2c":2147483647}""") + ".AA.AA.AA.AA");
        yield return new(
            "compressed and encrypted",
            Victim.Encode("""{"alg":"dir","enc":"A256GCM","zip":"DEF"}""") + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA");
        yield return new("a payload with a byte order mark", $"{header}.{Victim.Encode($"\ufeff{victim.PayloadJson}")}.{signature}");
        yield return new("a payload with a member twice", $"{header}.{Victim.Encode($"{{\"sub\":\"x\",{victim.PayloadJson[1..]}")}.{signature}");
        yield return new("an empty payload", $"{header}..{signature}");
        yield return new("a payload of an empty object", $"{header}.e30.{signature}");
    }

    private static string Encrypted(string token, byte[] key) =>
        EncryptedToken.Encrypt(Victim.Encode("""{"typ":"JWT","cty":"JWT","alg":"dir","enc":"A256GCM"}"""), token, key);

    private static string Padded(string segment) => segment + new string('=', 1 + (segment.Length % 3));

    private static string Widened(string token)
    {
        var wide = new StringBuilder(token.Length);
        foreach (var character in token)
            wide.Append((char)(character - '!' + '\uff01'));
        return wide.ToString();
    }
}
