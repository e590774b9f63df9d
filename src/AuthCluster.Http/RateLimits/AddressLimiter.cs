using System.Net;
using System.Runtime.InteropServices;

namespace AuthCluster.Http.RateLimits;

/// <summary>Counts calls a minute: those of each customer and, of IPv6, those of each site.</summary>
internal sealed class AddressLimiter(int limit, TimeProvider time)
{
    /// <summary>
    /// How many customers' worth of calls a site has. Without it, a customer with a /48 has 65,536 limits. More than one, because a /48 may
    /// also be the phones of a city quarter.
    /// </summary>
    public const int CustomersPerSite = 16;

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Window _current = new(time.GetUtcNow());

    /// <summary>Counts a call; where it is one too many, how long to wait.</summary>
    public TimeSpan? Count(IPAddress? address)
    {
        if (limit == 0)
            return null;
        var now = time.GetUtcNow();
        var window = WindowAt(now);
        return IsWithin(window, address) ? null : window.Start + Length - now;
    }

    // A customer's surplus is not counted for the site: his neighbours would pay for it.
    private bool IsWithin(Window window, IPAddress? address) =>
        window.Count(ClientNetwork.Of(address)) <= limit
        && (ClientNetwork.SiteOf(address) is not { } site || window.Count(site) <= (long)limit * CustomersPerSite);

    private Window WindowAt(DateTimeOffset now)
    {
        var current = Volatile.Read(ref _current);
        if (current.Covers(now))
            return current;
        lock (_lock)
        {
            if (!_current.Covers(now))
                Volatile.Write(ref _current, new Window(now));
            return _current;
        }
    }

    private sealed class Window(DateTimeOffset start)
    {
        private readonly CounterTable _counters = new();

        public DateTimeOffset Start => start;

        // A clock that was set back starts a new one; otherwise it would last until the clock has caught up.
        public bool Covers(DateTimeOffset now) => now >= start && now - start < Length;

        public int Count(UInt128 network) => _counters.Increment(MemoryMarshal.Cast<UInt128, char>(new ReadOnlySpan<UInt128>(in network)));
    }
}
