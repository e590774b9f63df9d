using System.Globalization;
using System.Security.Cryptography;

namespace AuthCluster.Passwords;

/// <summary>PBKDF2-HMAC-SHA512 as a PHC string: <c>$pbkdf2-sha512$i=210000$salt$hash</c>, base64 without padding.</summary>
internal sealed class Pbkdf2Hash
{
    public const string Prefix = "$pbkdf2-sha512$";

    private const int SaltLength = 16;
    private const int HashLength = 32;

    /// <summary>A damaged count must not hold a thread for hours.</summary>
    private const int MaxIterations = 10_000_000;

    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private Pbkdf2Hash(int iterations, byte[] salt, byte[] hash)
    {
        Iterations = iterations;
        _salt = salt;
        _hash = hash;
    }

    public int Iterations { get; }

    public static Pbkdf2Hash Create(ReadOnlySpan<byte> password, int iterations)
    {
        var newSalt = RandomNumberGenerator.GetBytes(SaltLength);
        return new Pbkdf2Hash(iterations, newSalt, Derive(password, newSalt, iterations));
    }

    /// <summary>Random in place of derived: finding a password for it is guessing 256 bits.</summary>
    public static Pbkdf2Hash CreateUnmatchable(int iterations) =>
        new(iterations, RandomNumberGenerator.GetBytes(SaltLength), RandomNumberGenerator.GetBytes(HashLength));

    /// <param name="stored">Begins with <see cref="Prefix"/>.</param>
    /// <exception cref="FormatException">The rest is not what it should be.</exception>
    public static Pbkdf2Hash Parse(string stored)
    {
        if (stored[Prefix.Length..].Split('$') is [['i', '=', .. var count], var saltText, var hashText]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            && iterations is > 0 and <= MaxIterations
            && Decode(saltText, SaltLength) is { } decodedSalt
            && Decode(hashText, HashLength) is { } decodedHash)
        {
            return new Pbkdf2Hash(iterations, decodedSalt, decodedHash);
        }

        throw new FormatException("A stored password hash is damaged.");
    }

    public bool Matches(ReadOnlySpan<byte> password) => CryptographicOperations.FixedTimeEquals(Derive(password, _salt, Iterations), _hash);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}i={Iterations}${Encode(_salt)}${Encode(_hash)}");

    private static byte[] Derive(ReadOnlySpan<byte> password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, HashLength);

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    /// <summary>The length is part of the format: a hash that lost its end would match more passwords, an empty one all of them.</summary>
    private static byte[]? Decode(string text, int length)
    {
        var bytes = new byte[length];
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, bytes, out var written) && written == length ? bytes : null;
    }
}
