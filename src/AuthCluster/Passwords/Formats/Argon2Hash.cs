using System.Globalization;
using System.Security.Cryptography;

namespace AuthCluster.Passwords.Formats;

/// <summary>Argon2id (RFC 9106) as a PHC string: <c>$argon2id$v=19$m=19456,t=2,p=1$salt$hash</c>, base64 without padding.</summary>
internal sealed class Argon2Hash(Argon2Cost cost, byte[] salt, byte[] hash) : StoredHash
{
    public const string Prefix = "$argon2id$v=19$";

    /// <summary>KiB: two and a half times the most that a known system takes (Django, 100 MiB).</summary>
    private const int MaxMemory = 256 * 1024;

    private const int MaxIterations = 64;
    private const int MaxLanes = 16;

    public Argon2Cost Cost => cost;

    public override bool IsOfNormalized => true;

    public static new Argon2Hash Parse(string stored)
    {
        if (stored.StartsWith(Prefix, StringComparison.Ordinal)
            && stored[Prefix.Length..].Split('$') is [var costText, var saltText, var hashText]
            && ParseCost(costText) is { } cost
            && HashText.Decode(saltText, 8, 64) is { } salt
            && HashText.Decode(hashText, 16, 64) is { } hash)
        {
            return new Argon2Hash(cost, salt, hash);
        }

        throw Damaged();
    }

    public override bool Matches(ReadOnlySpan<byte> password) =>
        CryptographicOperations.FixedTimeEquals(Argon2Id.Derive(password, salt, cost, hash.Length), hash);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Prefix}m={cost.Memory},t={cost.Iterations},p={cost.Lanes}${HashText.Encode(salt)}${HashText.Encode(hash)}");

    private static Argon2Cost? ParseCost(string text) =>
        text.Split(',') is [['m', '=', .. var m], ['t', '=', .. var t], ['p', '=', .. var p]]
        && HashText.Number(p, 1, MaxLanes) is { } lanes
        // RFC 9106 section 3.1: at least 8 KiB a lane.
        && HashText.Number(m, 8 * lanes, MaxMemory) is { } memory
        && HashText.Number(t, 1, MaxIterations) is { } iterations
            ? new Argon2Cost(memory, iterations, lanes)
            : null;
}

/// <param name="Memory">KiB.</param>
/// <param name="Lanes">Called parallelism too: as many threads compute a hash.</param>
internal sealed record Argon2Cost(int Memory, int Iterations, int Lanes) : HashCost
{
    private const int SaltLength = 16;
    private const int HashLength = 32;

    public override string Create(ReadOnlySpan<byte> password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return new Argon2Hash(this, salt, Argon2Id.Derive(password, salt, this, HashLength)).ToString();
    }

    public override string CreateUnmatchable() =>
        new Argon2Hash(this, RandomNumberGenerator.GetBytes(SaltLength), RandomNumberGenerator.GetBytes(HashLength)).ToString();

    public override bool IsMetBy(StoredHash hash) =>
        hash is Argon2Hash stored && stored.Cost.Memory >= Memory && stored.Cost.Iterations >= Iterations;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Argon2id (m={Memory}, t={Iterations}, p={Lanes})");
}
