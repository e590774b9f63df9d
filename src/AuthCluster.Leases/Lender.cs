namespace AuthCluster.Leases;

/// <summary>
/// One node's part in keeping copies true: it owns records on behalf of its tenancies, lets holders keep copies of them, and takes the
/// copies back before a change is acknowledged.
/// </summary>
/// <remarks>
/// A lender may speak for a record only while it knows that no other node has shut it out. It knows that for one lease after it last read
/// so (<see cref="ProveAsync"/>). A node that shuts it out therefore waits for one lease, and needs to hear nothing from it.
/// </remarks>
public sealed class Lender(string address, LeaseTimes times, ILenderRecords records, ILenderCalls calls, TimeProvider time, Func<Guid> newId)
{
    private readonly LoanTable _table = new();
    private readonly Settlements _settlements = new(times, records, time);
    private readonly Lock _lock = new();
    private string? _id;
    private string? _retired;
    private Instant _proven;
    private bool _isRetired;
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
    /// Reads that no other node has shut this lender out. Call this every <see cref="LeaseTimes.RenewalInterval"/>. A lender that was shut
    /// out goes on as a new incarnation, which owns nothing yet.
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
    /// <exception cref="StateUnavailableException">It cannot be known that no other node took over.</exception>
    public async Task<string> SpeakingAsync()
    {
        if (Id is null)
            await ProveAsync();
        return Id ?? throw new StateUnavailableException("Whether another node took over cannot be read now.");
    }

    /// <summary>Whether the record as the tenancy of this epoch remembers it is the stored one.</summary>
    public bool Speaks(Guid key, Guid epoch) => Id is not null && _table.Owns(key, epoch);

    /// <summary>
    /// Ends every loan of a record, on all nodes. The caller then writes the owner that this returns into the record, by a write that fails
    /// if the record has changed since <paramref name="stored"/> was read.
    /// </summary>
    /// <exception cref="StateUnavailableException">Loans take longer to end than a caller waits.</exception>
    public async Task<Owner> TakeOverAsync(Guid key, Owner? stored)
    {
        var id = await SpeakingAsync();
        _table.EndOwnership(key);
        await InPatienceAsync(EndLoansAsync(id, key, stored));
        var owner = new Owner(id, newId());
        _table.BeginOwnership(key, owner.Epoch);
        return owner;
    }

    /// <summary>The owner is stored. False if this lender was shut out, or asked to give the record up, meanwhile.</summary>
    public bool ConfirmOwner(Guid key, Owner owner) => Id == owner.Lender && _table.ConfirmOwnership(key, owner.Epoch);

    /// <summary>A tenancy ends. Copies of its record stay lent until they are recalled.</summary>
    public void EndOwnership(Guid key, Guid epoch) => _table.EndOwnership(key, epoch);

    /// <summary>Lets a holder keep the answer that it is about to get, under this lease; <c>null</c> if it must not keep it.</summary>
    public Guid? Lend(Guid key, Guid epoch, Guid holder) => Id is null ? null : _table.Lend(key, epoch, holder, Now);

    /// <summary>Takes every copy of a record back. When this completes, none is in use.</summary>
    public async Task RecallAsync(Guid key)
    {
        var loans = _table.LoansOf(key, Now);
        if (loans.Count > 0)
            await Task.WhenAll(loans.Select(loan => RecallAsync(key, loan)));
    }

    /// <summary>Another lender takes a record over.</summary>
    /// <exception cref="StateUnavailableException">This is not the lender that is meant, or not any more.</exception>
    public async Task GiveUpAsync(string lender, Guid key, Guid epoch)
    {
        if (!IsCurrent(lender))
            throw new StateUnavailableException($"{lender} is gone.");
        _table.EndOwnership(key, epoch);
        await RecallAsync(key);
    }

    /// <summary>Sees to it that a lender that cannot be asked lends nothing any more.</summary>
    public Task SettleAsync(string lender) => _settlements.SettleAsync(lender);

    public LeaseTerms? Open(string lender, Guid holder, Guid? discarded)
    {
        if (discarded is { } old)
            _table.Close(old);
        lock (_lock)
        {
            var terms = new LeaseTerms(newId(), Remaining);
            if (_id != lender || terms.Remaining <= TimeSpan.Zero)
                return null;
            _table.Open(holder, terms, Now);
            return terms;
        }
    }

    public LeaseTerms? Renew(string lender, Guid lease)
    {
        lock (_lock)
        {
            var terms = new LeaseTerms(lease, Remaining);
            return _id == lender && terms.Remaining > TimeSpan.Zero && _table.Renew(terms, Now) ? terms : null;
        }
    }

    /// <summary>Lends nothing any more and waits until no copy is in use, so that no other node has to wait for this one afterwards.</summary>
    public async Task RetireAsync()
    {
        string? id;
        lock (_lock)
        {
            id = _retired = _id;
            _id = null;
            _isRetired = true;
        }

        if (id is null)
            return;
        _table.EndAll();
        await Task.WhenAll(_table.Leases(Now).Select(lease => DiscardAsync(id, lease.Holder, lease.Lease)));
        while (_table.Leases(Now) is { Count: > 0 } left)
            await times.DelayAsync(left.Max(lease => lease.Left), time);
        await InTimeAsync(records.MoveToAsync(id, LenderStatus.Over));
    }

    private bool IsCurrent(string lender)
    {
        lock (_lock)
            return _id == lender || _retired == lender;
    }

    private async Task RecallAsync(Guid key, Loan loan)
    {
        try
        {
            await calls.RecallAsync(loan.Holder, key);
            _table.Returned(key, loan);
            return;
        }
        catch (Exception unreachable) when (unreachable is not OutOfMemoryException)
        {
            // Its lease ends by itself, or earlier: a holder that is refused a renewal discards its copies and says so.
            _table.LetEnd(loan.Lease);
        }

        while (Find(key, loan) is { } held)
            await times.DelayAsync(held.Left, time);
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

    private Loan? Find(Guid key, Loan recalled)
    {
        foreach (var loan in _table.LoansOf(key, Now))
        {
            if (loan.Number == recalled.Number)
                return loan;
        }

        return null;
    }

    private async Task EndLoansAsync(string id, Guid key, Owner? stored)
    {
        await RecallAsync(key);
        if (stored is null || stored.Lender == id || _settlements.IsSettled(stored.Lender))
            return;
        try
        {
            await calls.GiveUpAsync(stored.Lender, key, stored.Epoch);
        }
        catch (Exception unreachable) when (unreachable is not OutOfMemoryException)
        {
            await SettleAsync(stored.Lender);
        }
    }

    /// <summary>What is waited for goes on when this gives up, so that a later take-over finds it done.</summary>
    private async Task InPatienceAsync(Task ending)
    {
        try
        {
            await ending.WaitAsync(LeaseTimes.Patience, time);
        }
        catch (TimeoutException late)
        {
            _ = ending.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
            throw new StateUnavailableException("What another node lent may still be in use.", late);
        }
    }

    private async Task ReadOwnRecordAsync()
    {
        var (id, isRetired) = Current();
        if (isRetired)
            return;
        if (id is not null)
        {
            var asked = Now;
            if ((await InTimeAsync(records.ReadAsync(id))).Status == LenderStatus.Lending)
            {
                Prove(id, asked);
                return;
            }

            // Its leases are not renewed, and its tenancies read their records anew. The node that shut it out waits for its loans.
            Begin(id, null, default);
            _table.EndAll();
        }

        // No name is used twice, even if a clock was set back: other nodes remember which lenders are over.
        var successor = $"{address}~{newId():N}";
        var begun = Now;
        if (await InTimeAsync(records.TryCreateAsync(successor, times.Duration)))
            Begin(null, successor, begun);
    }

    private (string? Id, bool IsRetired) Current()
    {
        lock (_lock)
            return (_id, _isRetired);
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
            if (_id != expected || _isRetired)
                return;
            _id = successor;
            _proven = proven;
        }
    }

    private Task<T> InTimeAsync<T>(Task<T> call) => call.WaitAsync(times.AnswerTime, time);

    private Task InTimeAsync(Task call) => call.WaitAsync(times.AnswerTime, time);
}
