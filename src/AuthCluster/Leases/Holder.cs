using System.Collections.Concurrent;

namespace AuthCluster.Leases;

/// <summary>What an activation answers to who asks for its record.</summary>
/// <param name="Granter">Where it is; a lease opened there lets the next answer be kept.</param>
/// <param name="Lease">The lease under which this answer may be kept; <c>null</c> where it may not.</param>
public sealed record LeasedAnswer<T>(T? Value, string? Granter, Guid? Lease)
    where T : class;

/// <summary>One node's leased copies: what it was told of records, to be used without asking again while its lease with the teller lasts.</summary>
/// <param name="id">Another one after each restart.</param>
public sealed class Holder(Guid id, int capacity, IHolderCalls calls, TimeProvider time)
{
    private readonly CopyTable _copies = new(capacity);
    private readonly ConcurrentDictionary<string, Relation> _granters = new(StringComparer.Ordinal);

    public Guid Id => id;

    private Instant Now => Instant.Now(time);

    /// <summary>The copy, where there is one that may still be used.</summary>
    public T? Find<T>(Guid key)
        where T : class => _copies.Find(key, Now) as T;

    /// <summary>Asks, and keeps the answer where it may be kept.</summary>
    public async Task<T?> AskAsync<T>(Guid key, Func<Task<LeasedAnswer<T>>> ask)
        where T : class
    {
        var recalls = _copies.BeginArrival(key);
        HeldLease? lease = null;
        T? value = null;
        try
        {
            // Each asks for itself: who joined a question that is under way could be told what was true before he came.
            var answer = await ask();
            value = answer.Value;
            if (answer.Granter is { } granter)
                lease = LeaseWith(granter, answer.Lease);
        }
        finally
        {
            _copies.EndArrival(key, recalls, lease, value);
        }

        return value;
    }

    /// <summary>When this returns, no copy of this record is used any more.</summary>
    public void Recall(Guid key) => _copies.Recall(key);

    /// <summary>The granter goes: nothing that it granted is used any more.</summary>
    /// <returns>False where this lease is not known here (yet).</returns>
    public bool Discard(string granter, Guid lease)
    {
        if (!_granters.TryGetValue(granter, out var relation) || relation.Lease is not { } held || held.Id != lease)
            return false;
        held.Discard();
        return true;
    }

    /// <summary>Renews the leases with all granters it was told of; to be called every <see cref="LeaseTimes.RenewalInterval"/>.</summary>
    public Task RenewAsync() => Task.WhenAll(_granters.Select(granter => RenewAsync(granter.Key, granter.Value)));

    private HeldLease? LeaseWith(string granter, Guid? granted)
    {
        var relation = _granters.GetOrAdd(granter, static _ => new Relation());
        if (relation.Lease is not { } lease || !lease.IsGood(Now))
            _ = RenewAsync(granter, relation);
        else if (lease.Id == granted)
            return lease;
        return null;
    }

    private async Task RenewAsync(string granter, Relation relation)
    {
        if (!relation.TryBegin())
            return;
        try
        {
            if (relation.Lease is not { } lease || !await ExtendAsync(granter, lease))
                await OpenAsync(granter, relation);
        }
        catch (Exception unreachable) when (unreachable is not OutOfMemoryException)
        {
            // It is asked again with the next renewal. One whose lease is over is forgotten until an answer names it.
            if (relation.Lease?.IsGood(Now) != true)
                _granters.TryRemove(granter, out _);
        }
        finally
        {
            relation.End();
        }
    }

    private async Task<bool> ExtendAsync(string granter, HeldLease lease)
    {
        var asked = Now;
        return lease.IsGood(asked) && await calls.RenewAsync(granter, lease.Id) is { } terms && lease.TryExtend(asked, terms.Remaining, Now);
    }

    private async Task OpenAsync(string granter, Relation relation)
    {
        var discarded = relation.Lease;
        discarded?.Discard();
        var asked = Now;
        if (await calls.OpenAsync(granter, id, discarded?.Id) is { } terms)
            relation.Lease = new HeldLease(terms.Lease, asked, terms.Remaining);
        else
            _granters.TryRemove(granter, out _);
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
