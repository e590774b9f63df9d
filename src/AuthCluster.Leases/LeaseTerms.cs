namespace AuthCluster.Leases;

/// <summary>A lender's promise to a holder: the copies that it gets under this lease may be used for so long.</summary>
/// <param name="Remaining">The holder counts it from when it asked, so the way of the answer shortens it.</param>
public readonly record struct LeaseTerms(Guid Lease, TimeSpan Remaining);

/// <summary>The owner of a record may lend copies of it and change it. It is one tenancy at one lender, and is stored in the record.</summary>
/// <param name="Lender">The incarnation of the lender; a new one after each restart.</param>
/// <param name="Epoch">The tenancy; a new one each time the record is read into memory.</param>
public sealed record Owner(string Lender, Guid Epoch);

/// <summary>The times that leases go by.</summary>
/// <param name="Duration">How long a copy may be used without a word from its lender: the longest time that a revocation may have to wait.</param>
public sealed record LeaseTimes(TimeSpan Duration)
{
    /// <summary>How much faster one machine's clock may run than another's. Crystals differ by a thousandth of that.</summary>
    private const double Drift = 1.1;

    /// <summary>How long a caller waits for the loans of a record to end before it is told that the record is unavailable.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public TimeSpan RenewalInterval => Duration / 4;

    /// <summary>How long a node waits for an answer before it takes the other node for gone.</summary>
    public TimeSpan AnswerTime => Duration / 2;

    /// <summary>
    /// How long a lender waits for another one to give a record up. That one may wait for an answer, and then for a lease that was renewed
    /// meanwhile; the rest is reserve.
    /// </summary>
    public TimeSpan GiveUpTime => AnswerTime + Outlasting(Duration) + AnswerTime;

    /// <summary>How long to wait here until a time that another machine counts is over there.</summary>
    public static TimeSpan Outlasting(TimeSpan remaining) => remaining * Drift;

    /// <summary>Waits for a lease with so much time left, but returns earlier for a look: its holder may close it.</summary>
    internal Task DelayAsync(TimeSpan left, TimeProvider time)
    {
        var look = RenewalInterval / 4;
        // A delay below a millisecond is none.
        return Task.Delay((left < look ? left : look) + TimeSpan.FromMilliseconds(1), time);
    }
}
