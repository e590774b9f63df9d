using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Generators;

namespace AuthCluster.Passwords.Formats;

/// <summary>Django's ScryptPasswordHasher: <c>scrypt$16384$salt$8$5$hash</c>, that is N, salt (taken as text), r, p.</summary>
internal sealed class DjangoScryptHash(ScryptCost cost, byte[] salt, byte[] hash) : StoredHash
{
    public const string Prefix = "scrypt$";

    private const int HashLength = 64;

    public static new StoredHash Parse(string stored)
    {
        if (stored.Split('$') is [_, var n, var salt, var r, var p, var hashText]
            && ScryptCost.Parse(n, r, p) is { } cost
            && HashText.Decode(hashText, HashLength, HashLength) is { } hash)
        {
            return new DjangoScryptHash(cost, Encoding.UTF8.GetBytes(salt), hash);
        }

        throw Damaged();
    }

    public override bool Matches(ReadOnlySpan<byte> password) =>
        CryptographicOperations.FixedTimeEquals(Derive(password), hash);

    private byte[] Derive(ReadOnlySpan<byte> password) =>
        SCrypt.Generate(password.ToArray(), salt, cost.Work, cost.BlockSize, cost.Parallelism, HashLength);
}

/// <summary>N, r and p of RFC 7914.</summary>
internal sealed record ScryptCost(int Work, int BlockSize, int Parallelism)
{
    /// <summary>Django takes 16 MiB.</summary>
    private const long MaxMemory = 256 * 1024 * 1024;

    /// <summary>Bytes: the table, a block for each lane and two to work with.</summary>
    public long Memory => 128L * BlockSize * (Work + Parallelism + 2);

    public static ScryptCost? Parse(string n, string r, string p) =>
        HashText.Number(n, 2, 1 << 20) is { } work
        && BitOperations.IsPow2(work)
        && HashText.Number(r, 1, 64) is { } blockSize
        && HashText.Number(p, 1, 16) is { } parallelism
        && new ScryptCost(work, blockSize, parallelism) is { Memory: <= MaxMemory } cost
            ? cost
            : null;
}
