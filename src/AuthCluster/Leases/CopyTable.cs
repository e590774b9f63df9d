using System.Collections.Concurrent;

namespace AuthCluster.Leases;

/// <summary>The copies that one holder has, each good while its lease is. A look-up takes no lock. Pure: time comes in as an argument.</summary>
/// <remarks>
/// Two generations, each half of the bound: when the younger is full it becomes the elder, and what the elder held and nobody asked for
/// since is dropped. A copy that was taken back says so itself, so that one on its way from one generation to the other is not revived.
/// </remarks>
internal sealed class CopyTable(int capacity)
{
    private readonly Lock _lock = new();

    // How often a record was recalled while answers about it were on their way.
    private readonly Dictionary<Guid, Arrivals> _arrivals = [];
    private volatile ConcurrentDictionary<Guid, Copy> _younger = new();
    private volatile ConcurrentDictionary<Guid, Copy> _elder = new();

    public object? Find(Guid key, Instant now)
    {
        if (_younger.TryGetValue(key, out var copy))
            return copy.IsGood(now) ? copy.Value : null;
        if (!_elder.TryGetValue(key, out var older) || !older.IsGood(now))
            return null;
        lock (_lock)
            Keep(key, older);
        return older.Value;
    }

    /// <summary>To be called before a record is asked for; the answer goes to <see cref="EndArrival"/> with what this returns.</summary>
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

    /// <summary>Keeps what was answered, unless it was recalled while it was on its way. Without a lease, nothing is kept.</summary>
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
            if (_younger.TryRemove(key, out var younger))
                younger.IsRecalled = true;
            if (_elder.TryRemove(key, out var elder))
                elder.IsRecalled = true;
        }
    }

    private void Keep(Guid key, Copy copy)
    {
        if (copy.IsRecalled)
            return;
        if (_younger.Count >= (capacity + 1) / 2)
            (_elder, _younger) = (_younger, new ConcurrentDictionary<Guid, Copy>());
        _younger[key] = copy;
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

/// <summary>A lease as its holder sees it: over a little before the granter thinks so.</summary>
internal sealed class HeldLease(Guid id, Instant asked, TimeSpan remaining)
{
    // Replaced as a whole: readers take no lock.
    private volatile Term? _term = new(asked, remaining);

    public Guid Id => id;

    public bool IsGood(Instant now) => _term is { } term && now.AtMostSince(term.Asked) < term.Remaining;

    /// <summary>False where it was over before: what it covers may have changed in between, so it stays over.</summary>
    public bool TryExtend(Instant asked, TimeSpan remaining, Instant now)
    {
        if (!IsGood(now))
            return false;
        _term = new Term(asked, remaining);
        return true;
    }

    /// <summary>Nothing that came under this lease is used any more.</summary>
    public void Discard() => _term = null;

    private sealed record Term(Instant Asked, TimeSpan Remaining);
}
