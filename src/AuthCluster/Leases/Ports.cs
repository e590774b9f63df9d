namespace AuthCluster.Leases;

/// <summary>
/// One stored record a granter, by which it knows that nobody has shut it out. It only ever goes forward, from one of
/// <see cref="GranterStanding"/> to the next, also where an old write arrives late. Every call throws where the store is out of reach.
/// </summary>
public interface IGranterRecords
{
    /// <summary>Makes the record of a new granter, which is <see cref="GranterStanding.Granting"/>; an existing one stays as it is.</summary>
    Task CreateAsync(string granter);

    /// <summary>One that has no record is as good as shut out.</summary>
    Task<GranterStanding> ReadAsync(string granter);

    Task MoveToAsync(string granter, GranterStanding standing);
}

public enum GranterStanding
{
    Granting,

    /// <summary>It reads this within one lease, or finds that it can read nothing: then it grants no more.</summary>
    ShutOut,

    /// <summary>Every lease of this granter is over.</summary>
    Over,
}

/// <summary>Calls from a granter to others. They throw where the other cannot be reached, or does not answer in time.</summary>
public interface IGranterCalls
{
    /// <summary>Lets another granter give up a record. When this completes, no copy that it granted is used any more.</summary>
    Task GiveUpAsync(string granter, Guid key, Guid epoch);

    /// <summary>Takes a copy back. When this completes, the holder does not use it any more.</summary>
    Task RecallAsync(Guid holder, Guid key);

    /// <summary>Ends a lease. When this completes with true, the holder uses nothing any more that it was given under it.</summary>
    /// <returns>False where the holder does not know of this lease, whose terms may still be on their way to it.</returns>
    Task<bool> DiscardAsync(Guid holder, string granter, Guid lease);
}

/// <summary>Calls from a holder to a granter.</summary>
public interface IHolderCalls
{
    /// <param name="discarded">The holder's lease before, none of whose copies it uses any more.</param>
    /// <returns><c>null</c> where the granter may grant nothing now.</returns>
    Task<LeaseTerms?> OpenAsync(string granter, Guid holder, Guid? discarded);

    /// <returns><c>null</c> where this lease is not renewed: the holder has to discard it and open another.</returns>
    Task<LeaseTerms?> RenewAsync(string granter, Guid lease);
}
