using System.Globalization;
using System.Security.Cryptography;

namespace AuthCluster.Passwords.Formats;

/// <summary>PBKDF2-HMAC-SHA512 as a PHC string: <c>$pbkdf2-sha512$i=210000$salt$hash</c>, base64 without padding.</summary>
internal sealed class Pbkdf2Hash(int iterations, byte[] salt, byte[] hash) : StoredHash
{
    public const string Prefix = "$pbkdf2-sha512$";
    public const int SaltLength = 16;
    public const int HashLength = 32;

    /// <summary>Several seconds, and ten times what anybody recommends.</summary>
    public const int MaxIterations = 10_000_000;

    public int Iterations => iterations;

    public override bool IsOfNormalized => true;

    public static new StoredHash Parse(string stored)
    {
        if (stored[Prefix.Length..].Split('$') is [['i', '=', .. var count], var saltText, var hashText]
            && HashText.Number(count, 1, MaxIterations) is { } iterations
            && HashText.Decode(saltText, SaltLength, SaltLength) is { } salt
            && HashText.Decode(hashText, HashLength, HashLength) is { } hash)
        {
            return new Pbkdf2Hash(iterations, salt, hash);
        }

        throw Damaged();
    }

    public override bool Matches(ReadOnlySpan<byte> password) =>
        CryptographicOperations.FixedTimeEquals(Derive(password, salt, iterations), hash);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}i={iterations}${HashText.Encode(salt)}${HashText.Encode(hash)}");

    public static byte[] Derive(ReadOnlySpan<byte> password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, HashLength);
}

internal sealed record Pbkdf2Cost(int Iterations) : HashCost
{
    public override string Create(ReadOnlySpan<byte> password)
    {
        var salt = RandomNumberGenerator.GetBytes(Pbkdf2Hash.SaltLength);
        return new Pbkdf2Hash(Iterations, salt, Pbkdf2Hash.Derive(password, salt, Iterations)).ToString();
    }

    public override string CreateUnmatchable() => new Pbkdf2Hash(
        Iterations, RandomNumberGenerator.GetBytes(Pbkdf2Hash.SaltLength), RandomNumberGenerator.GetBytes(Pbkdf2Hash.HashLength)).ToString();

    /// <summary>Argon2id asks an attacker for memory too, which no number of iterations does.</summary>
    public override bool IsMetBy(StoredHash hash) => hash is Argon2Hash || (hash is Pbkdf2Hash stored && stored.Iterations >= Iterations);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"PBKDF2-HMAC-SHA512 (i={Iterations})");
}
