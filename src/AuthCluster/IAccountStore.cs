using AuthCluster.Accounts;
using AuthCluster.Emails;

namespace AuthCluster;

/// <summary>Stored accounts. A save is durable when its task completes.</summary>
public interface IAccountStore
{
    /// <summary>The stored state and its version; <c>null</c> where there is no such account.</summary>
    Task<StoredAccount?> LoadAsync(Guid id);

    /// <summary>
    /// Stores state, unique names and effects in one transaction, or nothing at all.
    /// Throws where it is not known whether the change was stored: the caller then reads the account anew.
    /// </summary>
    Task<SaveResult> SaveAsync(AccountChange change);

    Task<Guid?> FindAsync(LoginName name);
}

public sealed record StoredAccount(AccountState State, long Version);
