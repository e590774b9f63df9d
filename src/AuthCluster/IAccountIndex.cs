namespace AuthCluster;

/// <summary>All accounts in the order of their addresses, or user names where they have none, for lists. Each host implements this port.</summary>
public interface IAccountIndex
{
    /// <summary>
    /// The next ones of the order. It may name an account that is gone, or that has another name since: whoever shows it asks the account. A new
    /// account may be missing for a moment, and after a crash until it is next used.
    /// </summary>
    Task<IReadOnlyList<IndexedAccount>> ListAsync(IndexQuery query);
}

/// <param name="Name">The address, or the user name of an account without one; in canonical form.</param>
public readonly record struct IndexedAccount(string Name, Guid Id);

/// <param name="Prefix">What the names begin with; empty for all.</param>
/// <param name="After">The last name of the portion before; empty for the first one.</param>
public readonly record struct IndexQuery(string Prefix, string After, int Limit);
