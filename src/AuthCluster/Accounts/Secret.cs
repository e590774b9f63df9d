using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AuthCluster.Accounts;

/// <summary>128 bits from the system's random number generator, shown in UUID form.</summary>
public static class Secret
{
    public static Guid New()
    {
        var secret = default(Guid);
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref secret, 1)));
        return secret;
    }

    /// <summary>Compares in constant time.</summary>
    public static bool Matches(in Guid a, in Guid b) => CryptographicOperations.FixedTimeEquals(
        MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in a)),
        MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in b)));
}
