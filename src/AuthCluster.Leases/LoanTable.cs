namespace AuthCluster.Leases;

/// <summary>
/// The knowledge of one lender: the records it owns, the holders that have copies of them, and until when the lease of each holder may
/// last. Pure: time and identifiers come in as arguments.
/// </summary>
internal sealed class LoanTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Item> _items = [];
    private readonly Dictionary<Guid, Lease> _leases = [];

    // The lease under which a holder is lent copies.
    private readonly Dictionary<Guid, Lease> _current = [];
    private long _loans;

    /// <summary>A tenancy is about to write this epoch into the record. It owns the record from <see cref="ConfirmOwnership"/> on.</summary>
    public void BeginOwnership(Guid key, Guid epoch)
    {
        lock (_lock)
        {
            var item = ItemOf(key);
            item.Epoch = epoch;
            item.IsConfirmed = false;
        }
    }

    /// <summary>The epoch is stored. False if the record was given up meanwhile: the tenancy reads it anew.</summary>
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

    /// <summary>No copy of this record is lent from now on. With an epoch, only if that epoch owns it.</summary>
    public void EndOwnership(Guid key, Guid? epoch = null)
    {
        lock (_lock)
        {
            if (_items.TryGetValue(key, out var item) && (epoch is null || item.Epoch == epoch))
                item.Epoch = null;
            Forget(key);
        }
    }

    /// <summary>No copy of any record is lent from now on, and no lease is renewed. Leases that were given last as long as they do.</summary>
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

    /// <summary>The holder uses no copy any more that it got under this lease.</summary>
    public void Close(Guid lease)
    {
        lock (_lock)
            Remove(lease);
    }

    /// <summary>False if the holder has to open another lease.</summary>
    public bool Renew(LeaseTerms terms, Instant now)
    {
        lock (_lock)
        {
            if (!_leases.TryGetValue(terms.Lease, out var lease) || lease.IsEnding || lease.IsOver(now))
                return false;
            var term = LeaseTimes.Outlasting(terms.Remaining);
            // A term that was given earlier may reach further than this one.
            lease.Term = Longer(term, lease.Term - now.AtLeastSince(lease.Renewed));
            lease.Renewed = now;
            // A renewal tells which lease the holder uses. If a repeated question opened two, that may be the older one.
            _current[lease.Holder] = lease;
            return true;
        }
    }

    /// <summary>Notes that the holder gets a copy. Returns the lease that it comes under; <c>null</c> if the holder must not keep it.</summary>
    public Guid? Lend(Guid key, Guid epoch, Guid holder, Instant now)
    {
        lock (_lock)
        {
            if (!_items.TryGetValue(key, out var item) || item.Epoch != epoch || !item.IsConfirmed)
                return null;
            if (!_current.TryGetValue(holder, out var lease) || lease.IsEnding || lease.IsOver(now))
                return null;
            item.Lent[lease.Id] = ++_loans;
            return lease.Id;
        }
    }

    /// <summary>The copies of this record that may be in use.</summary>
    public IReadOnlyList<Loan> LoansOf(Guid key, Instant now)
    {
        lock (_lock)
        {
            if (!_items.TryGetValue(key, out var item))
                return [];
            foreach (var (id, _) in item.Lent)
            {
                if (!_leases.TryGetValue(id, out var lease) || lease.IsOver(now))
                    item.Lent.Remove(id);
            }

            Forget(key);
            return [.. item.Lent.Select(lent => new Loan(lent.Key, _leases[lent.Key].Holder, lent.Value, _leases[lent.Key].Left(now)))];
        }
    }

    /// <summary>The holder gave this copy back. The news may come late: a copy that the holder got meanwhile stays noted.</summary>
    public void Returned(Guid key, Loan returned)
    {
        lock (_lock)
        {
            if (_items.TryGetValue(key, out var item) && item.Lent.TryGetValue(returned.Lease, out var number) && number == returned.Number)
                item.Lent.Remove(returned.Lease);
            Forget(key);
        }
    }

    /// <summary>The holder does not answer: its lease runs out, and nothing more is lent under it.</summary>
    public void LetEnd(Guid lease)
    {
        lock (_lock)
        {
            if (_leases.TryGetValue(lease, out var ending))
                ending.IsEnding = true;
        }
    }

    /// <summary>The leases that are not over, and how long each may last at most.</summary>
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
        if (_items.TryGetValue(key, out var item) && item.Epoch is null && item.Lent.Count == 0)
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

        /// <summary>The number of the last copy that was lent under each lease. Some of the leases may be over.</summary>
        public Dictionary<Guid, long> Lent { get; } = [];
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
/// <param name="Number">Each copy that is lent has its own.</param>
/// <param name="Left">How long the holder may use it at most if the lender hears nothing from it.</param>
internal readonly record struct Loan(Guid Lease, Guid Holder, long Number, TimeSpan Left);
