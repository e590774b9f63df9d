using System.Collections.Concurrent;

namespace AuthCluster.Leases;

/// <summary>
/// One silo's part in keeping copies true: it owns records on behalf of its activations, lets holders keep copies of them, and takes
/// those back before a change is acknowledged.
/// </summary>
/// <remarks>
/// It may speak for a record only while it knows that no other silo has shut it out, and it knows that for one lease after it last
/// read so (<see cref="ProveAsync"/>). Whoever shuts it out therefore waits for one lease, and needs to hear nothing from it.
/// </remarks>
public sealed class Granter(string address, LeaseTimes times, IGranterRecords records, IGranterCalls calls, TimeProvider time, Func<Guid> newId)
{
    private readonly GrantTable _table = new();
    private readonly ConcurrentDictionary<string, Task> _settled = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private string? _id;
    private string? _retired;
    private Instant _proven;
    private int _incarnation;
    private Task? _proving;

    /// <summary>The incarnation that speaks now; <c>null</c> while none does.</summary>
    public string? Id
    {
        get
        {
            lock (_lock)
                return _id is not null && Remaining > TimeSpan.Zero ? _id : null;
        }
    }

    private Instant Now => Instant.Now(time);

    private TimeSpan Remaining => times.Duration - Now.AtMostSince(_proven);

    /// <summary>
    /// Reads that nobody has shut this granter out; to be called every <see cref="LeaseTimes.RenewalInterval"/>. One that was shut out
    /// goes on as a new incarnation, which owns nothing yet.
    /// </summary>
    public Task ProveAsync()
    {
        lock (_lock)
        {
            if (_proving is { IsCompleted: false } running)
                return running;
            return _proving = ReadOwnRecordAsync();
        }
    }

    /// <summary>The incarnation that may speak now.</summary>
    /// <exception cref="StateUnavailableException">It cannot be known that there is none that took over.</exception>
    public async Task<string> SpeakingAsync()
    {
        if (Id is null)
            await ProveAsync();
        return Id ?? throw new StateUnavailableException("Whether another silo took over cannot be read now.");
    }

    /// <summary>Whether what this activation remembers of the record is what is stored.</summary>
    public bool Speaks(Guid key, Guid epoch) => Id is not null && _table.Owns(key, epoch);

    /// <summary>
    /// Ends whatever was granted of a record before, wherever. To be written into the record is the epoch that comes back, by a write
    /// that fails where the record is not any more what it was when <paramref name="stored"/> was read.
    /// </summary>
    public async Task<Owner> TakeOverAsync(Guid key, Owner? stored)
    {
        var id = await SpeakingAsync();
        _table.EndOwnership(key);
        await RecallAsync(key);
        if (stored is not null && stored.Granter != id)
            await EndGrantsAsync(key, stored);
        var owner = new Owner(id, newId());
        _table.BeginOwnership(key, owner.Epoch);
        return owner;
    }

    /// <summary>The owner is stored. False where it was shut out, or asked to give up, meanwhile.</summary>
    public bool ConfirmOwner(Guid key, Owner owner) => Id == owner.Granter && _table.ConfirmOwnership(key, owner.Epoch);

    /// <summary>An activation goes. What was granted of its record stays granted until it is recalled.</summary>
    public void EndOwnership(Guid key, Guid epoch) => _table.EndOwnership(key, epoch);

    /// <summary>Lets a holder keep what it is about to be told; <c>null</c> where it must not.</summary>
    public Guid? Grant(Guid key, Guid epoch, Guid holder) => Id is null ? null : _table.Grant(key, epoch, holder, Now);

    /// <summary>Takes every copy of a record back. When this completes, none is in use.</summary>
    public async Task RecallAsync(Guid key)
    {
        var holdings = _table.HoldingsOf(key, Now);
        if (holdings.Count > 0)
            await Task.WhenAll(holdings.Select(holding => RecallAsync(key, holding)));
    }

    /// <summary>Another granter takes a record over.</summary>
    /// <exception cref="StateUnavailableException">This is not (any more) the granter that is meant.</exception>
    public async Task GiveUpAsync(string granter, Guid key, Guid epoch)
    {
        if (!IsCurrent(granter))
            throw new StateUnavailableException($"{granter} is gone.");
        _table.EndOwnership(key, epoch);
        await RecallAsync(key);
    }

    public LeaseTerms? Open(string granter, Guid holder, Guid? discarded)
    {
        if (discarded is { } old)
            _table.Close(old);
        lock (_lock)
        {
            var terms = new LeaseTerms(newId(), Remaining);
            if (_id != granter || terms.Remaining <= TimeSpan.Zero)
                return null;
            _table.Open(holder, terms, Now);
            return terms;
        }
    }

    public LeaseTerms? Renew(string granter, Guid lease)
    {
        lock (_lock)
        {
            var terms = new LeaseTerms(lease, Remaining);
            return _id == granter && terms.Remaining > TimeSpan.Zero && _table.Renew(terms, Now) ? terms : null;
        }
    }

    /// <summary>Grants nothing any more and waits until no copy is in use, so that nobody has to wait for this silo afterwards.</summary>
    public async Task RetireAsync()
    {
        string? id;
        lock (_lock)
        {
            id = _retired = _id;
            _id = null;
            _incarnation = int.MaxValue;
        }

        if (id is null)
            return;
        _table.EndAll();
        await Task.WhenAll(_table.Leases(Now).Select(lease => DiscardAsync(id, lease.Holder, lease.Lease)));
        while (_table.Leases(Now) is { Count: > 0 } left)
            await WaitAsync(left.Max(lease => lease.Left));
        await records.MoveToAsync(id, GranterStanding.Over);
    }

    private bool IsCurrent(string granter)
    {
        lock (_lock)
            return _id == granter || _retired == granter;
    }

    private async Task RecallAsync(Guid key, Holding holding)
    {
        try
        {
            await calls.RecallAsync(holding.Holder, key);
            _table.Returned(key, holding);
            return;
        }
        catch (Exception unreachable) when (unreachable is not OutOfMemoryException)
        {
            // Its lease ends by itself, or earlier: a holder that is refused a renewal discards its copies and says so.
            _table.LetEnd(holding.Lease);
        }

        while (Find(key, holding) is { } held)
            await WaitAsync(held.Left);
    }

    private async Task DiscardAsync(string id, Guid holder, Guid lease)
    {
        try
        {
            if (await calls.DiscardAsync(holder, id, lease))
                _table.Close(lease);
        }
        catch (Exception unreachable) when (unreachable is not OutOfMemoryException)
        {
            // It runs out by itself.
        }
    }

    private Holding? Find(Guid key, Holding recalled)
    {
        foreach (var holding in _table.HoldingsOf(key, Now))
        {
            if (holding.Grant == recalled.Grant)
                return holding;
        }

        return null;
    }

    private async Task EndGrantsAsync(Guid key, Owner stored)
    {
        if (_settled.TryGetValue(stored.Granter, out var settled) && settled.IsCompletedSuccessfully)
            return;
        try
        {
            await calls.GiveUpAsync(stored.Granter, key, stored.Epoch);
        }
        catch (Exception unreachable) when (unreachable is not OutOfMemoryException)
        {
            await SettleAsync(stored.Granter);
        }
    }

    /// <summary>Sees to it that a granter that cannot be asked grants nothing any more. Many records wait for one settlement.</summary>
    private Task SettleAsync(string granter)
    {
        lock (_lock)
        {
            if (_settled.TryGetValue(granter, out var running) && !running.IsFaulted)
                return running;
            return _settled[granter] = ShutOutAsync(granter);
        }
    }

    private async Task ShutOutAsync(string granter)
    {
        if (await records.ReadAsync(granter) == GranterStanding.Over)
            return;
        await records.MoveToAsync(granter, GranterStanding.ShutOut);
        var begun = Now;
        var outlasting = LeaseTimes.Outlasting(times.Duration);
        while (outlasting - Now.AtLeastSince(begun) is var left && left > TimeSpan.Zero)
        {
            await WaitAsync(left);
            // One that was only about to stop says itself when it is done.
            if (await records.ReadAsync(granter) == GranterStanding.Over)
                return;
        }

        await records.MoveToAsync(granter, GranterStanding.Over);
    }

    private async Task ReadOwnRecordAsync()
    {
        var (id, isRetired) = Current();
        if (isRetired)
            return;
        if (id is not null)
        {
            var asked = Now;
            if (await records.ReadAsync(id).WaitAsync(times.AnswerTime, time) == GranterStanding.Granting)
            {
                Prove(id, asked);
                return;
            }

            // Its leases are not renewed and the activations read anew. What it granted is waited for by whoever shut it out.
            Begin(id, null, default);
            _table.EndAll();
        }

        var successor = $"{address}~{Interlocked.Increment(ref _incarnation)}";
        var begun = Now;
        await records.CreateAsync(successor);
        Begin(null, successor, begun);
    }

    private (string? Id, bool IsRetired) Current()
    {
        lock (_lock)
            return (_id, _incarnation == int.MaxValue);
    }

    private void Prove(string id, Instant asked)
    {
        lock (_lock)
        {
            if (_id == id)
                _proven = asked;
        }
    }

    private void Begin(string? expected, string? successor, Instant proven)
    {
        lock (_lock)
        {
            if (_id != expected || _incarnation == int.MaxValue)
                return;
            _id = successor;
            _proven = proven;
        }
    }

    /// <summary>Waits for a lease that has so long left, but looks before: its holder may close it.</summary>
    private Task WaitAsync(TimeSpan left)
    {
        var look = times.RenewalInterval / 4;
        // A delay below a millisecond is none.
        return Task.Delay((left < look ? left : look) + TimeSpan.FromMilliseconds(1), time);
    }
}
