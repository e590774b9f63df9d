namespace AuthCluster.Leases;

/// <summary>A lease as its holder sees it. It ends a little before its lender takes it for ended.</summary>
internal sealed class HeldLease(Guid id, Instant asked, TimeSpan remaining)
{
    // Replaced as a whole: readers take no lock.
    private volatile Term? _term = new(asked, remaining);

    public Guid Id => id;

    public bool IsGood(Instant now) => _term is { } term && now.AtMostSince(term.Asked) < term.Remaining;

    /// <summary>False if the lease was over before: the records under it may have changed in between, so it stays over.</summary>
    public bool TryExtend(Instant asked, TimeSpan remaining, Instant now)
    {
        if (!IsGood(now))
            return false;
        _term = new Term(asked, remaining);
        return true;
    }

    /// <summary>Nothing that came under this lease is used any more.</summary>
    public void Discard() => _term = null;

    private sealed record Term(Instant Asked, TimeSpan Remaining);
}
