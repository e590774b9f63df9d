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
        lock (_lock)
            Keep(key, older);
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
            if (younger.TryRemove(key, out var recalled))
                recalled.IsRecalled = true;
            if (elder.TryRemove(key, out var older))
                older.IsRecalled = true;
        }
    }

    private void Keep(Guid key, Copy copy)
    {
        if (copy.IsRecalled)
            return;
        var copies = _copies.Current;
        if (copies.Younger.Count >= (capacity + 1) / 2)
            _copies.Succeed(copies);
        _copies.Current.Younger[key] = copy;
    }

    private sealed class Arrivals
    {
        public int Count { get; set; }

        public int Recalls { get; set; }
    }

    private sealed class Copy(object value, HeldLease lease)
    {
        private volatile bool _isRecalled;

        public object Value => value;

        public bool IsRecalled
        {
            get => _isRecalled;
            set => _isRecalled = value;
        }

        public bool IsGood(Instant now) => !_isRecalled && lease.IsGood(now);
    }
}
