using System.Collections.Concurrent;

namespace AuthCluster.Leases;

/// <summary>The copies that one holder has. A copy is good while its lease is. A look-up takes no lock. Pure: time comes in as an argument.</summary>
internal sealed class CopyTable(int capacity)
{
    private readonly Lock _lock = new();
    private readonly TwoGenerations<ConcurrentDictionary<Guid, Copy>> _copies = new(() => new ConcurrentDictionary<Guid, Copy>());

    // How often a record was recalled while answers about it were on their way.
    private readonly Dictionary<Guid, Arrivals> _arrivals = [];

    public object? Find(Guid key, Instant now)
    {
        var (younger, elder) = _copies.Current;
        if (younger.TryGetValue(key, out var copy))
            return copy.IsGood(now) ? copy.Value : null;
        if (!elder.TryGetValue(key, out var older) || !older.IsGood(now))
            return null;
        KeepAgain(key, older);
        return older.Value;
    }

    /// <summary>Call this before a record is asked for. The answer goes to <see cref="EndArrival"/> with the number that this returns.</summary>
    public int BeginArrival(Guid key)
    {
        lock (_lock)
        {
            if (!_arrivals.TryGetValue(key, out var arrivals))
                _arrivals.Add(key, arrivals = new Arrivals());
            arrivals.Count++;
            return arrivals.Recalls;
        }
    }

    /// <summary>Keeps the answer, unless the record was recalled while it was on its way. Without a lease, nothing is kept.</summary>
    public void EndArrival(Guid key, int recalls, HeldLease? lease, object? value)
    {
        lock (_lock)
        {
            var arrivals = _arrivals[key];
            if (arrivals.Recalls == recalls && lease is not null && value is not null)
                Keep(key, new Copy(value, lease));
            if (--arrivals.Count == 0)
                _arrivals.Remove(key);
        }
    }

    public void Recall(Guid key)
    {
        lock (_lock)
        {
            if (_arrivals.TryGetValue(key, out var arrivals))
                arrivals.Recalls++;
            var (younger, elder) = _copies.Current;
            younger.TryRemove(key, out _);
            elder.TryRemove(key, out _);
        }
    }

    /// <summary>
    /// Moves a copy that a look-up found to the younger generation, but only if it still is in the elder one. A copy that was dropped from
    /// there meanwhile may have been recalled since, and a recall leaves no mark on what it does not find.
    /// </summary>
    private void KeepAgain(Guid key, Copy found)
    {
        lock (_lock)
        {
            if (_copies.Current.Elder.TryRemove(KeyValuePair.Create(key, found)))
                Keep(key, found);
        }
    }

    private void Keep(Guid key, Copy copy)
    {
        var copies = _copies.Current;
        if (copies.Younger.Count >= (capacity + 1) / 2)
            _copies.Succeed(copies);
        var (younger, elder) = _copies.Current;
        younger[key] = copy;
        // One copy of a record at a time: a look-up must not put an earlier one in the place of this one.
        elder.TryRemove(key, out _);
    }

    private sealed class Arrivals
    {
        public int Count { get; set; }

        public int Recalls { get; set; }
    }

    private sealed class Copy(object value, HeldLease lease)
    {
        public object Value => value;

        public bool IsGood(Instant now) => lease.IsGood(now);
    }
}
