namespace AuthCluster.Leases;

/// <summary>A stored record that several nodes may come to serve. Every call throws if the store is out of reach.</summary>
public interface IOwnedRecord
{
    /// <summary>Whether there is a record, by the last read or write.</summary>
    bool Exists { get; }

    Owner? Owner { get; }

    Task ReadAsync();

    /// <summary>Writes the prepared record with its owner, unless the stored one changed since it was read or written here last.</summary>
    /// <returns>False if it has changed; nothing was stored then.</returns>
    /// <exception cref="Exception">It is not known whether it was stored.</exception>
    Task<bool> TryWriteAsync(Owner owner);
}

/// <summary>
/// The right of one actor instance to go by its memory of a record. While the cluster changes, an actor may have two instances for a
/// moment. Members are called one at a time, within the turns of the instance.
/// </summary>
public sealed class Tenancy(Lender lender, Guid key, IOwnedRecord record)
{
    // An instance that is overtaken by another one between its read and its write tries again. The limit ends a race that goes on.
    private const int Attempts = 3;

    private Owner? _owner;

    /// <summary>
    /// Sees to it that the record in memory is the stored one. It stays so until another node has waited for this one to notice a change.
    /// </summary>
    /// <returns>True if the record was read anew.</returns>
    /// <exception cref="StateUnavailableException">It cannot be known.</exception>
    public async Task<bool> EnsureAsync()
    {
        // A missing record has no owner and no copies: each turn reads whether it was made since.
        if (_owner is { } owner && (lender.Speaks(key, owner.Epoch) || await SpeaksAgainAsync(owner)))
            return false;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            Forget();
            await record.ReadAsync();
            if (!record.Exists || await TakeOverAsync())
                return true;
        }

        throw new StateUnavailableException("Another node takes the record over each time.");
    }

    /// <summary>Writes the record. Unless <paramref name="copiesStayTrue"/>, it then takes back every copy of the record before.</summary>
    /// <param name="onceStored">Starts when the record is stored, and runs while the copies come back. It must not throw.</param>
    /// <returns>False if another instance was faster: the record has to be read anew.</returns>
    public async Task<bool> SaveAsync(bool copiesStayTrue, Func<Task>? onceStored = null)
    {
        var isNew = _owner is null;
        var owner = _owner ?? await lender.TakeOverAsync(key, record.Owner);
        // Nothing here goes by memory until it is known which record is stored.
        _owner = null;
        if (!await record.TryWriteAsync(owner))
        {
            Forget(owner);
            return false;
        }

        var recalled = copiesStayTrue ? Task.CompletedTask : lender.RecallAsync(key);
        await Task.WhenAll(recalled, onceStored?.Invoke() ?? Task.CompletedTask);
        if (!isNew || lender.ConfirmOwner(key, owner))
            _owner = owner;
        return true;
    }

    /// <summary>Lets a holder keep the answer that it is about to get, under this lease; <c>null</c> if it must ask each time.</summary>
    public Guid? Lend(Guid holder) => _owner is { } owner ? lender.Lend(key, owner.Epoch, holder) : null;

    /// <summary>The next turn reads the record anew.</summary>
    public void Forget() => Forget(_owner);

    /// <summary>Takes all copies back: the instance goes.</summary>
    public async Task LeaveAsync()
    {
        Forget();
        await lender.RecallAsync(key);
    }

    private void Forget(Owner? owner)
    {
        if (owner is not null)
            lender.EndOwnership(key, owner.Epoch);
        _owner = null;
    }

    private async Task<bool> SpeaksAgainAsync(Owner owner)
    {
        await lender.SpeakingAsync();
        return lender.Speaks(key, owner.Epoch);
    }

    private async Task<bool> TakeOverAsync()
    {
        var owner = await lender.TakeOverAsync(key, record.Owner);
        if (!await record.TryWriteAsync(owner) || !lender.ConfirmOwner(key, owner))
            return false;
        _owner = owner;
        return true;
    }
}
