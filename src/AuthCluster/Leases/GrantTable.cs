namespace AuthCluster.Leases;

/// <summary>
/// What one granter knows: the records it owns, who holds copies of them, and until when each holder's lease may last. Pure: time and
/// identifiers come in as arguments.
/// </summary>
internal sealed class GrantTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Item> _items = [];
    private readonly Dictionary<Guid, Lease> _leases = [];

    // The lease under which a holder is granted copies: the one it opened last.
    private readonly Dictionary<Guid, Lease> _current = [];
    private long _grants;

    /// <summary>An activation is about to write this epoch into the record. It owns the record from <see cref="ConfirmOwnership"/> on.</summary>
    public void BeginOwnership(Guid key, Guid epoch)
    {
        lock (_lock)
        {
            var item = ItemOf(key);
            item.Epoch = epoch;
            item.IsConfirmed = false;
        }
    }

    /// <summary>The epoch is stored. False where the record was given up meanwhile: the activation reads it anew.</summary>
    public bool ConfirmOwnership(Guid key, Guid epoch)
    {
        lock (_lock)
        {
            if (!_items.TryGetValue(key, out var item) || item.Epoch != epoch)
                return false;
            item.IsConfirmed = true;
            return true;
        }
    }

    public bool Owns(Guid key, Guid epoch)
    {
        lock (_lock)
            return _items.TryGetValue(key, out var item) && item.Epoch == epoch && item.IsConfirmed;
    }

    /// <summary>No copy of this record is granted from now on. With an epoch, only where that one owns it.</summary>
    public void EndOwnership(Guid key, Guid? epoch = null)
    {
        lock (_lock)
        {
            if (_items.TryGetValue(key, out var item) && (epoch is null || item.Epoch == epoch))
                item.Epoch = null;
            Forget(key);
        }
    }

    /// <summary>No copy of anything is granted from now on, and no lease renewed; those that were granted last as long as they do.</summary>
    public void EndAll()
    {
        lock (_lock)
        {
            foreach (var item in _items.Values)
                item.Epoch = null;
            foreach (var lease in _leases.Values)
                lease.IsEnding = true;
            _current.Clear();
        }
    }

    public void Open(Guid holder, LeaseTerms terms, Instant now)
    {
        lock (_lock)
        {
            RemoveEnded(now);
            var lease = new Lease(terms.Lease, holder) { Renewed = now, Term = LeaseTimes.Outlasting(terms.Remaining) };
            _leases.Add(lease.Id, lease);
            _current[holder] = lease;
        }
    }

    /// <summary>The holder uses nothing any more that it was given under this lease.</summary>
    public void Close(Guid lease)
    {
        lock (_lock)
            Remove(lease);
    }

    /// <summary>False where the holder has to open another lease.</summary>
    public bool Renew(LeaseTerms terms, Instant now)
    {
        lock (_lock)
        {
            if (!_leases.TryGetValue(terms.Lease, out var lease) || lease.IsEnding || lease.IsOver(now))
                return false;
            var term = LeaseTimes.Outlasting(terms.Remaining);
            // A term that was granted earlier may reach further than this one.
            lease.Term = Longer(term, lease.Term - now.AtLeastSince(lease.Renewed));
            lease.Renewed = now;
            // The one that its holder uses; of two that it opened by one question asked twice, that need not be the later one.
            _current[lease.Holder] = lease;
            return true;
        }
    }

    /// <summary>Notes that the holder gets a copy, and tells under which lease; <c>null</c> where it must not keep what it gets.</summary>
    public Guid? Grant(Guid key, Guid epoch, Guid holder, Instant now)
    {
        lock (_lock)
        {
            if (!_items.TryGetValue(key, out var item) || item.Epoch != epoch || !item.IsConfirmed)
                return null;
            if (!_current.TryGetValue(holder, out var lease) || lease.IsEnding || lease.IsOver(now))
                return null;
            item.Holders[lease.Id] = ++_grants;
            return lease.Id;
        }
    }

    /// <summary>The leases under which copies of this record may be in use.</summary>
    public IReadOnlyList<Holding> HoldingsOf(Guid key, Instant now)
    {
        lock (_lock)
        {
            if (!_items.TryGetValue(key, out var item))
                return [];
            foreach (var (id, _) in item.Holders)
            {
                if (!_leases.TryGetValue(id, out var lease) || lease.IsOver(now))
                    item.Holders.Remove(id);
            }

            Forget(key);
            return [.. item.Holders.Select(held => new Holding(held.Key, _leases[held.Key].Holder, held.Value, _leases[held.Key].Left(now)))];
        }
    }

    /// <summary>The holder gave this copy back. That may be heard late, when it has got another one: that one it still holds.</summary>
    public void Returned(Guid key, Holding returned)
    {
        lock (_lock)
        {
            if (_items.TryGetValue(key, out var item) && item.Holders.TryGetValue(returned.Lease, out var grant) && grant == returned.Grant)
                item.Holders.Remove(returned.Lease);
            Forget(key);
        }
    }

    /// <summary>The holder does not answer: its lease runs out, and nothing more is granted under it.</summary>
    public void LetEnd(Guid lease)
    {
        lock (_lock)
        {
            if (_leases.TryGetValue(lease, out var ending))
                ending.IsEnding = true;
        }
    }

    /// <summary>The leases that are not over: which, whose, and for how long at most.</summary>
    public IReadOnlyList<(Guid Lease, Guid Holder, TimeSpan Left)> Leases(Instant now)
    {
        lock (_lock)
        {
            RemoveEnded(now);
            return [.. _leases.Values.Select(lease => (lease.Id, lease.Holder, lease.Left(now)))];
        }
    }

    private Item ItemOf(Guid key)
    {
        if (!_items.TryGetValue(key, out var item))
            _items.Add(key, item = new Item());
        return item;
    }

    private void Forget(Guid key)
    {
        if (_items.TryGetValue(key, out var item) && item.Epoch is null && item.Holders.Count == 0)
            _items.Remove(key);
    }

    private void RemoveEnded(Instant now)
    {
        foreach (var (id, lease) in _leases)
        {
            if (lease.IsOver(now))
                Remove(id);
        }
    }

    private void Remove(Guid id)
    {
        if (_leases.Remove(id, out var lease) && _current.TryGetValue(lease.Holder, out var current) && current == lease)
            _current.Remove(lease.Holder);
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private sealed class Item
    {
        public Guid? Epoch { get; set; }

        public bool IsConfirmed { get; set; }

        /// <summary>Leases, some of which may be over, and the number of the last copy that was granted under each.</summary>
        public Dictionary<Guid, long> Holders { get; } = [];
    }

    private sealed class Lease(Guid id, Guid holder)
    {
        public Guid Id => id;

        public Guid Holder => holder;

        public Instant Renewed { get; set; }

        public TimeSpan Term { get; set; }

        public bool IsEnding { get; set; }

        public TimeSpan Left(Instant now) => Longer(Term - now.AtLeastSince(Renewed), TimeSpan.Zero);

        public bool IsOver(Instant now) => Left(now) == TimeSpan.Zero;
    }
}

/// <summary>A copy that may be in use.</summary>
/// <param name="Grant">Which copy it is, of all that were ever granted.</param>
/// <param name="Left">For how long at most, should the holder not be heard of.</param>
internal readonly record struct Holding(Guid Lease, Guid Holder, long Grant, TimeSpan Left);
