using System.Security.Cryptography;

namespace AuthCluster.Http.RateLimits;

/// <summary>
/// Counters for any number of names, in memory that no number of names can grow: the name's hash chooses the counter. Two names that meet
/// by chance share one, which can only make what is counted seem more. Nobody can make names meet: the hash is keyed.
/// </summary>
internal sealed class CounterTable
{
    private const int Size = 1 << 20;

    private readonly int[] _counts = new int[Size];

    // Clients that meet in one table do not meet in the next.
    private readonly int _key = RandomNumberGenerator.GetInt32(int.MaxValue);

    public int Increment(ReadOnlySpan<char> name) => Interlocked.Increment(ref Of(name));

    public int Read(ReadOnlySpan<char> name) => Volatile.Read(ref Of(name));

    public void Clear(ReadOnlySpan<char> name) => Volatile.Write(ref Of(name), 0);

    // The hash of a text is keyed by the runtime; those of numbers are not, and meet wherever a client wants them to.
    private ref int Of(ReadOnlySpan<char> name) => ref _counts[HashCode.Combine(_key, string.GetHashCode(name, StringComparison.Ordinal)) & (Size - 1)];
}
