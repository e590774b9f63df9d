namespace AuthCluster;

/// <summary>All accounts in the order of their addresses, for lists. Each host implements this port.</summary>
public interface IAccountIndex
{
    /// <summary>
    /// The next ones of the order. It may name an account that is gone, or that has another address since: whoever shows it asks the account. A new
    /// account may be missing for a moment, and after a crash until it is next used.
    /// </summary>
    Task<IReadOnlyList<IndexedAccount>> ListAsync(IndexQuery query);
}

/// <param name="Email">Canonical form.</param>
public readonly record struct IndexedAccount(string Email, Guid Id);

/// <param name="Prefix">What the addresses begin with; empty for all.</param>
/// <param name="After">The last address of the portion before; empty for the first one.</param>
public readonly record struct IndexQuery(string Prefix, string After, int Limit);
