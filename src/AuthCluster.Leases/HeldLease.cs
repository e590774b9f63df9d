namespace AuthCluster.Leases;

/// <summary>A lease as its holder sees it. It ends a little before its lender takes it for ended.</summary>
internal sealed class HeldLease(Guid id, Instant asked, TimeSpan remaining)
{
    // Replaced as a whole: readers take no lock.
    private Term? _term = new(asked, remaining);

    public Guid Id => id;

    public bool IsGood(Instant now) => Volatile.Read(ref _term) is { } term && term.IsGood(now);

    /// <summary>
    /// False if the lease was over or discarded before, even by another thread at the same moment. The records under it may have changed in
    /// between, so it stays over.
    /// </summary>
    public bool TryExtend(Instant asked, TimeSpan remaining, Instant now)
    {
        var term = Volatile.Read(ref _term);
        return term?.IsGood(now) == true && Interlocked.CompareExchange(ref _term, new Term(asked, remaining), term) == term;
    }

    /// <summary>Nothing that came under this lease is used any more.</summary>
    public void Discard() => Volatile.Write(ref _term, null);

    private sealed class Term(Instant asked, TimeSpan remaining)
    {
        public bool IsGood(Instant now) => now.AtMostSince(asked) < remaining;
    }
}
