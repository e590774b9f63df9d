namespace AuthCluster.Leases;

/// <summary>What a granter allows a holder: to use, for so long, what it was given copies of under this lease.</summary>
/// <param name="Remaining">Counted by the holder from when it asked, so that the way of the answer shortens it.</param>
public readonly record struct LeaseTerms(Guid Lease, TimeSpan Remaining);

/// <summary>Who may grant copies of a record and change it: one activation of it, at one granter. Stored in the record itself.</summary>
/// <param name="Granter">The incarnation of the silo; another one after each restart.</param>
/// <param name="Epoch">The activation; another one each time the record is read into memory.</param>
public sealed record Owner(string Granter, Guid Epoch);

/// <summary>How long things last.</summary>
/// <param name="Duration">How long a copy may be used without hearing from its granter: the longest time a revocation may have to wait.</param>
public sealed record LeaseTimes(TimeSpan Duration)
{
    /// <summary>How much faster one machine's clock may run than another's. Crystals differ by a thousandth of that.</summary>
    private const double Drift = 1.1;

    public TimeSpan RenewalInterval => Duration / 4;

    /// <summary>How long a granter waits for an answer before it takes the other for gone.</summary>
    public TimeSpan AnswerTime => Duration / 2;

    /// <summary>How long to wait until something that another machine counts is over there.</summary>
    public static TimeSpan Outlasting(TimeSpan remaining) => remaining * Drift;
}
