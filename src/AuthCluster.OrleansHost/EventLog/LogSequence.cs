using System.Buffers.Binary;
using System.Security.Cryptography;
using AuthCluster.Accounts;

namespace AuthCluster.OrleansHost.EventLog;

/// <summary>
/// Places in the log that need no counter: the millisecond, then 20 bits that tell entries of the same millisecond apart. Those of an
/// account follow from the entry, so that one that is sent twice has one place.
/// </summary>
internal static class LogSequence
{
    private const int LowBits = 20;

    /// <summary>Entries of one account within a millisecond stay in their order.</summary>
    private const int NumberBits = 6;

    public static long Of(Guid account, ActivityEntry entry)
    {
        var hash = StableHash.Of(account) >>> (32 - LowBits + NumberBits);
        return At(entry.Time, (hash << NumberBits) | (uint)(entry.Number & ((1 << NumberBits) - 1)));
    }

    public static long OfNoAccount(ActivityEntry entry) => At(entry.Time, (uint)Random.Shared.Next(1 << LowBits));

    public static DateTimeOffset TimeOf(long sequence) => DateTimeOffset.FromUnixTimeMilliseconds(sequence >> LowBits);

    /// <summary>The first place of a day.</summary>
    public static long StartOf(DateOnly day) => At(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), 0);

    private static long At(DateTimeOffset time, uint low) => (time.ToUnixTimeMilliseconds() << LowBits) | low;
}

/// <summary>A hash of an id that is the same in every process and version. Shards and places in the log depend on it.</summary>
internal static class StableHash
{
    public static uint Of(Guid id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(id.ToByteArray(), hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
}
