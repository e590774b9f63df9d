using System.Collections.Concurrent;

namespace AuthCluster.Leases;

/// <summary>An answer to a holder that asks for a record.</summary>
/// <param name="Lender">The lender of the record. A holder that opens a lease there may keep the next answer.</param>
/// <param name="Lease">The lease under which the holder may keep this answer; <c>null</c> if it may not.</param>
public sealed record LeasedAnswer<T>(T? Value, string? Lender, Guid? Lease)
    where T : class;

/// <summary>One node's leased copies: records that the node uses without asking again while its lease with their lender lasts.</summary>
/// <param name="id">A new one after each restart.</param>
public sealed class Holder(Guid id, int capacity, IHolderCalls calls, TimeProvider time)
{
    private readonly CopyTable _copies = new(capacity);
    private readonly ConcurrentDictionary<string, Relation> _lenders = new(StringComparer.Ordinal);

    public Guid Id => id;

    private Instant Now => Instant.Now(time);

    /// <summary>The copy, if there is one that may still be used.</summary>
    public T? Find<T>(Guid key)
        where T : class => _copies.Find(key, Now) as T;

    /// <summary>Asks, and keeps the answer if it may be kept.</summary>
    public async Task<T?> AskAsync<T>(Guid key, Func<Task<LeasedAnswer<T>>> ask)
        where T : class
    {
        var recalls = _copies.BeginArrival(key);
        HeldLease? lease = null;
        T? value = null;
        try
        {
            // Each caller asks for itself: a question under way may bring an answer that was true only before the caller came.
            var answer = await ask();
            value = answer.Value;
            if (answer.Lender is { } lender)
                lease = LeaseWith(lender, answer.Lease);
        }
        finally
        {
            _copies.EndArrival(key, recalls, lease, value);
        }

        return value;
    }

    /// <summary>When this returns, no copy of this record is used any more.</summary>
    public void Recall(Guid key) => _copies.Recall(key);

    /// <summary>The lender goes: no copy that it lent is used any more.</summary>
    /// <returns>False if this lease is not known here, or not yet.</returns>
    public bool Discard(string lender, Guid lease)
    {
        if (!_lenders.TryGetValue(lender, out var relation) || relation.Lease is not { } held || held.Id != lease)
            return false;
        held.Discard();
        return true;
    }

    /// <summary>Renews the leases with all lenders that answers named. Call this every <see cref="LeaseTimes.RenewalInterval"/>.</summary>
    public Task RenewAsync() => Task.WhenAll(_lenders.Select(lender => RenewAsync(lender.Key, lender.Value)));

    private HeldLease? LeaseWith(string lender, Guid? lent)
    {
        var relation = _lenders.GetOrAdd(lender, static _ => new Relation());
        if (relation.Lease is not { } lease || !lease.IsGood(Now))
            _ = RenewAsync(lender, relation);
        else if (lease.Id == lent)
            return lease;
        return null;
    }

    private async Task RenewAsync(string lender, Relation relation)
    {
        if (!relation.TryBegin())
            return;
        try
        {
            if (relation.Lease is not { } lease || !await ExtendAsync(lender, lease))
                await OpenAsync(lender, relation);
        }
        catch (Exception unreachable) when (unreachable is not OutOfMemoryException)
        {
            // The next renewal asks it again. A lender whose lease is over is forgotten until an answer names it.
            if (relation.Lease?.IsGood(Now) != true)
                _lenders.TryRemove(lender, out _);
        }
        finally
        {
            relation.End();
        }
    }

    private async Task<bool> ExtendAsync(string lender, HeldLease lease)
    {
        var asked = Now;
        return lease.IsGood(asked) && await calls.RenewAsync(lender, lease.Id) is { } terms && lease.TryExtend(asked, terms.Remaining, Now);
    }

    private async Task OpenAsync(string lender, Relation relation)
    {
        var discarded = relation.Lease;
        discarded?.Discard();
        var asked = Now;
        if (await calls.OpenAsync(lender, id, discarded?.Id) is { } terms)
            relation.Lease = new HeldLease(terms.Lease, asked, terms.Remaining);
        else
            _lenders.TryRemove(lender, out _);
    }

    private sealed class Relation
    {
        private volatile HeldLease? _lease;
        private int _isBusy;

        public HeldLease? Lease
        {
            get => _lease;
            set => _lease = value;
        }

        public bool TryBegin() => Interlocked.Exchange(ref _isBusy, 1) == 0;

        public void End() => Volatile.Write(ref _isBusy, 0);
    }
}
