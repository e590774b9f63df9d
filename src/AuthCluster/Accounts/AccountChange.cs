using System.Collections.Immutable;

namespace AuthCluster.Accounts;

/// <summary>One save. <paramref name="Before"/> is <c>null</c> for a new account, <paramref name="After"/> for a deleted one.</summary>
/// <param name="ExpectedVersion">The version that was read; 0 for a new account. A saved account has the version after it.</param>
/// <param name="Effects">Stored with the state, in one transaction.</param>
public sealed record AccountChange(
    Guid Id, long ExpectedVersion, AccountState? Before, AccountState? After, ImmutableArray<Effect> Effects)
{
    /// <summary>What dies with this save.</summary>
    public ImmutableArray<Revocation> Revocations { get; init; } = [];

    /// <summary>Whether the account has a mail to send that it did not have before.</summary>
    public bool HasNewMail => After is { Mails.IsEmpty: false } after && after.Mails.Any(mail => Before?.Mails.Any(known => known.Id == mail.Id) is not true);

    /// <summary>
    /// Whether a copy of the standing before says nothing that is false after the save: then other nodes may keep theirs. A copy never
    /// outlives a revocation, whatever it shows.
    /// </summary>
    public bool LeavesCopiesTrue =>
        Revocations.IsEmpty && Before is { } before && After is { } after && Standing.Of(before).Shows(after);
}

public enum SaveResult
{
    Saved,

    /// <summary>The stored version is another than the one expected; nothing was stored.</summary>
    VersionConflict,

    /// <summary>Another account holds the address; nothing was stored.</summary>
    EmailTaken,

    /// <summary>Another account holds the user name; nothing was stored.</summary>
    UsernameTaken,

    /// <summary>No active administrator would be left; nothing was stored.</summary>
    LastAdministrator,
}
