namespace AuthCluster.Leases;

/// <summary>A stored record that several silos may come to serve. Every call throws where the store is out of reach.</summary>
public interface IOwnedRecord
{
    /// <summary>Whether there is a record, as far as was read or written last.</summary>
    bool Exists { get; }

    Owner? Owner { get; }

    Task ReadAsync();

    /// <summary>Writes what is to be kept, with its owner, unless the stored record changed since it was read or written here last.</summary>
    /// <returns>False where it has changed; nothing was stored then.</returns>
    /// <exception cref="Exception">It is not known whether it was stored.</exception>
    Task<bool> TryWriteAsync(Owner owner);
}

/// <summary>
/// The right of one activation to go by what it remembers of its record. Members are called one at a time, within the turns of the
/// activation.
/// </summary>
public sealed class Tenancy(Granter granter, Guid key, IOwnedRecord record)
{
    // Whoever reads and is overtaken, by a second activation that reads, tries again; two that go on like that are two too many.
    private const int Attempts = 3;

    private Owner? _owner;

    /// <summary>
    /// Sees to it that the record in memory is the stored one, and stays so until another silo has waited for this one to notice.
    /// </summary>
    /// <returns>True where it was read anew.</returns>
    /// <exception cref="StateUnavailableException">It cannot be known.</exception>
    public async Task<bool> EnsureAsync()
    {
        // A record that is not there has no owner, and no copies: whether somebody made it since is read each time.
        if (_owner is { } owner && (granter.Speaks(key, owner.Epoch) || await SpeaksAgainAsync(owner)))
            return false;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            Forget();
            await record.ReadAsync();
            if (!record.Exists || await TakeOverAsync())
                return true;
        }

        throw new StateUnavailableException("Another silo takes the record over each time.");
    }

    /// <summary>Writes the record, and takes every copy of what it was back where they are not <paramref name="copiesStayTrue"/>.</summary>
    /// <param name="onceStored">What else is to be done when it is stored; done while the copies come back. It must not throw.</param>
    /// <returns>False where another activation was faster: the record has to be read anew.</returns>
    public async Task<bool> SaveAsync(bool copiesStayTrue, Func<Task>? onceStored = null)
    {
        var isNew = _owner is null;
        var owner = _owner ?? await granter.TakeOverAsync(key, record.Owner);
        // Until it is known what is stored, nothing here goes by memory.
        _owner = null;
        if (!await record.TryWriteAsync(owner))
        {
            Forget(owner);
            return false;
        }

        var recalled = copiesStayTrue ? Task.CompletedTask : granter.RecallAsync(key);
        await Task.WhenAll(recalled, onceStored?.Invoke() ?? Task.CompletedTask);
        if (!isNew || granter.ConfirmOwner(key, owner))
            _owner = owner;
        return true;
    }

    /// <summary>Lets a holder keep what it is about to be told, under this lease; <c>null</c> where it must ask each time.</summary>
    public Guid? Grant(Guid holder) => _owner is { } owner ? granter.Grant(key, owner.Epoch, holder) : null;

    /// <summary>The next turn reads the record anew.</summary>
    public void Forget() => Forget(_owner);

    /// <summary>Takes all copies back: the activation goes.</summary>
    public async Task LeaveAsync()
    {
        Forget();
        await granter.RecallAsync(key);
    }

    private void Forget(Owner? owner)
    {
        if (owner is not null)
            granter.EndOwnership(key, owner.Epoch);
        _owner = null;
    }

    private async Task<bool> SpeaksAgainAsync(Owner owner)
    {
        await granter.SpeakingAsync();
        return granter.Speaks(key, owner.Epoch);
    }

    private async Task<bool> TakeOverAsync()
    {
        var owner = await granter.TakeOverAsync(key, record.Owner);
        if (!await record.TryWriteAsync(owner) || !granter.ConfirmOwner(key, owner))
            return false;
        _owner = owner;
        return true;
    }
}
