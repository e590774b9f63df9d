namespace AuthCluster.Leases;

/// <summary>
/// One stored record for each lender, by which the lender knows that no other node has shut it out. The status only ever goes forward, even
/// if an old write arrives late. Every call throws if the store is out of reach.
/// </summary>
public interface ILenderRecords
{
    /// <summary>Makes the record of a new lender, which is <see cref="LenderStatus.Lending"/>.</summary>
    /// <param name="duration">How long the leases of this lender last. A node that shuts it out waits for that.</param>
    /// <returns>False if there is a record of this name; it stays as it is.</returns>
    Task<bool> TryCreateAsync(string lender, TimeSpan duration);

    /// <summary>A lender without a record is <see cref="LenderStatus.Over"/>: it has not lent yet, or its record was removed.</summary>
    Task<LenderState> ReadAsync(string lender);

    /// <summary>Moves the record on. A lender that is over needs none: its record is removed.</summary>
    Task MoveToAsync(string lender, LenderStatus status);
}

/// <param name="Duration">How long the leases of this lender last.</param>
public readonly record struct LenderState(LenderStatus Status, TimeSpan Duration);

public enum LenderStatus
{
    Lending,

    /// <summary>The lender reads this within one lease, or finds that it can read nothing. It lends nothing from then on.</summary>
    ShutOut,

    /// <summary>Every lease of this lender is over.</summary>
    Over,
}

/// <summary>Calls from a lender to others. They throw if the other one cannot be reached, or does not answer in time.</summary>
public interface ILenderCalls
{
    /// <summary>Lets another lender give up a record. When this completes, no copy that it lent is used any more.</summary>
    Task GiveUpAsync(string lender, Guid key, Guid epoch);

    /// <summary>Takes a copy back. When this completes, the holder does not use it any more.</summary>
    Task RecallAsync(Guid holder, Guid key);

    /// <summary>Ends a lease. When this completes with true, the holder uses no copy any more that it got under it.</summary>
    /// <returns>False if the holder does not know this lease: its terms may still be on their way.</returns>
    Task<bool> DiscardAsync(Guid holder, string lender, Guid lease);
}

/// <summary>Calls from a holder to a lender.</summary>
public interface IHolderCalls
{
    /// <param name="discarded">The holder's lease before, none of whose copies it uses any more.</param>
    /// <returns><c>null</c> if the lender may lend nothing now.</returns>
    Task<LeaseTerms?> OpenAsync(string lender, Guid holder, Guid? discarded);

    /// <returns><c>null</c> if this lease is not renewed: the holder has to discard it and open another.</returns>
    Task<LeaseTerms?> RenewAsync(string lender, Guid lease);
}
