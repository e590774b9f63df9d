using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AuthCluster.Http.RateLimits;

/// <summary>
/// Counts calls a minute and address, in memory that no number of addresses can grow: a table of counters, chosen by a hash with a
/// random key, so that nobody can pick addresses that share another's counter. Two that do share one by chance share a limit.
/// </summary>
internal sealed class AddressLimiter(int limit, TimeProvider time)
{
    private const int Counters = 1 << 20;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Minute _current = new(DateTimeOffset.MinValue);

    /// <summary>Counts a call; where it is one too many, how long to wait.</summary>
    public TimeSpan? Count(IPAddress? address)
    {
        if (limit == 0)
            return null;
        var now = time.GetUtcNow();
        var minute = MinuteAt(now);
        return minute.Count(NetworkOf(address)) <= limit ? null : minute.Start + Window - now;
    }

    private Minute MinuteAt(DateTimeOffset now)
    {
        var current = Volatile.Read(ref _current);
        if (now - current.Start < Window)
            return current;
        lock (_lock)
        {
            if (now - _current.Start >= Window)
                Volatile.Write(ref _current, new Minute(now));
            return _current;
        }
    }

    // One customer of a provider has at least a /64 of IPv6 addresses.
    private static UInt128 NetworkOf(IPAddress? address)
    {
        Span<byte> octets = stackalloc byte[16];
        octets.Clear();
        address?.TryWriteBytes(octets, out _);
        if (address?.AddressFamily == AddressFamily.InterNetworkV6)
            octets[8..].Clear();
        return MemoryMarshal.Read<UInt128>(octets);
    }

    private sealed class Minute(DateTimeOffset start)
    {
        private readonly int[] _counts = new int[Counters];
        private readonly int _key = Random.Shared.Next();

        public DateTimeOffset Start => start;

        public int Count(UInt128 network) => Interlocked.Increment(ref _counts[HashCode.Combine(_key, network) & (Counters - 1)]);
    }
}
