using AuthCluster.Accounts;
using AuthCluster.Emails;

namespace AuthCluster;

/// <summary>Stored accounts. A save is durable when its task completes.</summary>
public interface IAccountStore
{
    /// <summary>The stored state and its version; <c>null</c> where there is no such account.</summary>
    Task<StoredAccount?> LoadAsync(Guid id);

    /// <summary>
    /// Stores state, unique address and events in one transaction, or nothing at all.
    /// Throws where it is not known whether the change was stored: the caller then reads the account anew.
    /// </summary>
    Task<SaveResult> SaveAsync(AccountChange change);

    Task<Guid?> FindAsync(CanonicalEmail email);
}

public sealed record StoredAccount(AccountState State, long Version);

/// <summary>One save. <paramref name="Before"/> is <c>null</c> for a new account, <paramref name="After"/> for a deleted one.</summary>
/// <param name="ExpectedVersion">The version that was read; 0 for a new account. A saved account has the version after it.</param>
public sealed record AccountChange(Guid Id, long ExpectedVersion, AccountState? Before, AccountState? After, IReadOnlyList<ActivityEntry> Events);

public enum SaveResult
{
    Saved,

    /// <summary>The stored version is another than the one expected; nothing was stored.</summary>
    VersionConflict,

    /// <summary>Another account holds the address; nothing was stored.</summary>
    EmailTaken,

    /// <summary>No active administrator would be left; nothing was stored.</summary>
    LastAdministrator,
}
