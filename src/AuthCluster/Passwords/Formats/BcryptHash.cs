using System.Buffers;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Generators;

namespace AuthCluster.Passwords.Formats;

/// <summary>bcrypt as crypt(5) writes it: <c>$2b$12$</c>, 22 characters of salt, 31 of hash.</summary>
internal sealed class BcryptHash : StoredHash
{
    /// <summary>Bytes of a password that bcrypt looks at. These hashes were made so; the login that matches replaces them.</summary>
    private const int UsedLength = 72;

    /// <summary>Characters: <c>$2b$12$</c>.</summary>
    private const int HeadLength = 7;
    private const int SaltTextLength = 22;
    private const int HashTextLength = 31;
    private const int Length = HeadLength + SaltTextLength + HashTextLength;

    /// <summary>Bytes: the last of the 24 that are computed was never written.</summary>
    private const int HashLength = 23;

    /// <summary>Powers of two; the highest takes some seconds.</summary>
    private const int MinRounds = 4;
    private const int MaxRounds = 16;

    /// <summary>The order of the digits is all that tells this encoding from base64.</summary>
    private const string Digits = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static readonly SearchValues<char> Alphabet = SearchValues.Create(Digits);

    private readonly int _rounds;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private BcryptHash(int rounds, string saltAndHash)
    {
        _rounds = rounds;
        _salt = Decode(saltAndHash[..SaltTextLength]);
        _hash = Decode(saltAndHash[SaltTextLength..]);
    }

    public static new BcryptHash Parse(string stored) =>
        stored is ['$', '2', 'a' or 'b' or 'y', '$', _, _, '$', ..] and { Length: Length }
        && HashText.Number(stored[4..6], MinRounds, MaxRounds) is { } rounds
        && !stored.AsSpan(HeadLength).ContainsAnyExcept(Alphabet)
            ? new BcryptHash(rounds, stored[HeadLength..])
            : throw Damaged();

    public override bool Matches(ReadOnlySpan<byte> password)
    {
        var used = password[..Math.Min(password.Length, UsedLength)].ToArray();
        var computed = BCrypt.Generate(used, _salt, _rounds, addTerminator: used.Length < UsedLength);
        // The key is the password and its zero byte again and again, so that "x" and "x\0x" have the same hash.
        return CryptographicOperations.FixedTimeEquals(computed.AsSpan(0, HashLength), _hash) & !password.Contains((byte)0);
    }

    private static byte[] Decode(string text)
    {
        var base64 = string.Concat(text.Select(digit => Base64Digits[Digits.IndexOf(digit, StringComparison.Ordinal)]));
        return Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
    }
}
