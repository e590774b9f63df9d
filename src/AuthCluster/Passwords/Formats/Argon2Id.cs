using NSec.Cryptography;
using Org.BouncyCastle.Crypto.Generators;
using Parameters = Org.BouncyCastle.Crypto.Parameters.Argon2Parameters;

namespace AuthCluster.Passwords.Formats;

/// <summary>Argon2id (RFC 9106).</summary>
internal static class Argon2Id
{
    /// <summary>libsodium computes one lane and this length of salt.</summary>
    private const int SodiumSaltLength = 16;

    /// <summary>Whether libsodium loads: it comes with the program for Windows, macOS and Linux on the usual processors.</summary>
    public static bool IsFast { get; } = Loads();

    public static byte[] Derive(ReadOnlySpan<byte> password, byte[] salt, Argon2Cost cost, int length) =>
        IsFast && cost.Lanes == 1 && salt.Length == SodiumSaltLength
            ? OfSodium(cost).DeriveBytes(password, salt, length)
            : DeriveManaged(password, salt, cost, length);

    private static Argon2id OfSodium(Argon2Cost cost) =>
        new(new Argon2Parameters { DegreeOfParallelism = cost.Lanes, MemorySize = cost.Memory, NumberOfPasses = cost.Iterations });

    /// <summary>Four to five times as slow: for hashes of other systems, which the login that matches replaces.</summary>
    private static byte[] DeriveManaged(ReadOnlySpan<byte> password, byte[] salt, Argon2Cost cost, int length)
    {
        var generator = new Argon2BytesGenerator();
        generator.Init(new Parameters.Builder(Parameters.Argon2id)
            .WithVersion(Parameters.Version13)
            .WithMemoryAsKB(cost.Memory)
            .WithIterations(cost.Iterations)
            .WithParallelism(cost.Lanes)
            .WithSalt(salt)
            .Build());
        var hash = new byte[length];
        generator.GenerateBytes(password.ToArray(), hash);
        return hash;
    }

    private static bool Loads()
    {
        try
        {
            return OfSodium(new Argon2Cost(Memory: 8, Iterations: 1, Lanes: 1)).DeriveBytes([], new byte[SodiumSaltLength], SodiumSaltLength).Length > 0;
        }
        catch (Exception missing) when (missing is DllNotFoundException or TypeInitializationException or PlatformNotSupportedException)
        {
            return false;
        }
    }
}
