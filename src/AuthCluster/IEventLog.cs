using AuthCluster.Accounts;

namespace AuthCluster;

/// <summary>
/// The full log of what happened to accounts, kept for <c>Activity:Retention</c>. Entries of accounts are written with the account
/// (<see cref="AccountChange.Effects"/>); only what belongs to no account is appended here.
/// </summary>
public interface IEventLog
{
    /// <summary>
    /// Adds a failure that belongs to no account, such as a login at an address nobody holds. Past a bound the oldest such entries are deleted.
    /// </summary>
    /// <remarks>Durable when the task completes.</remarks>
    Task AppendAsync(ActivityEntry entry);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<LoggedActivity>> ReadAsync(ActivityQuery query);

    /// <summary>Deletes what is older; a log that is kept by days goes by whole days.</summary>
    Task PurgeAsync(DateTimeOffset before);
}

/// <param name="Sequence">Place in the whole log; later is larger.</param>
public sealed record LoggedActivity(long Sequence, Guid? AccountId, ActivityEntry Entry);

public sealed record ActivityQuery
{
    public Guid? AccountId { get; init; }

    /// <summary>Canonical form.</summary>
    public string? Email { get; init; }

    public string? Address { get; init; }

    public bool? Succeeded { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>Only entries before this place of the log.</summary>
    public long? BeforeSequence { get; init; }

    /// <summary>Only entries of <see cref="AccountId"/> with a smaller number.</summary>
    public long? BeforeNumber { get; init; }

    public required int Limit { get; init; }
}
