using AuthCluster.Accounts;

namespace AuthCluster;

/// <summary>
/// The full log of what happened to accounts, kept for <c>Activity:Retention</c>. Entries of accounts are written with the account
/// (<see cref="AccountChange.Effects"/>); only what belongs to no account is added here.
/// </summary>
public interface IEventLog
{
    /// <summary>
    /// Adds a failure that belongs to no account, such as a login at an address nobody holds. Past a bound the oldest such entries are deleted.
    /// </summary>
    /// <remarks>Durable when the task completes.</remarks>
    Task AppendAsync(ActivityEntry entry);

    /// <summary>Adds what an operator did to all accounts at once, by a command or by starting a server. No failures of strangers push it out.</summary>
    /// <remarks>Durable when the task completes.</remarks>
    Task RecordAsync(ActivityEntry entry);

    /// <summary>
    /// Entries of all accounts, newest first. A log that cannot find them at once looks through a bounded part of itself, so that a page may have fewer
    /// than were asked for, or none, and another one after it.
    /// </summary>
    Task<LogPage> ReadAsync(ActivityQuery query);

    /// <summary>What one account's log has below a number, newest first; fewer than the limit where there are no more.</summary>
    Task<IReadOnlyList<ActivityEntry>> ReadAccountAsync(Guid accountId, long beforeNumber, int limit);

    /// <summary>Deletes what is older; a log that is kept by days goes by whole days.</summary>
    Task PurgeAsync(DateTimeOffset before);
}

/// <param name="Sequence">Place in the whole log; later is larger.</param>
public sealed record LoggedActivity(long Sequence, Guid? AccountId, ActivityEntry Entry);

/// <param name="Before">The <see cref="ActivityQuery.BeforeSequence"/> of the next page; <c>null</c> where this is the last one.</param>
public sealed record LogPage(IReadOnlyList<LoggedActivity> Entries, long? Before);

/// <summary>Which entries are asked for, of all accounts and of none.</summary>
public sealed record ActivityQuery
{
    /// <summary>Canonical form.</summary>
    public string? Email { get; init; }

    public string? Address { get; init; }

    public bool? Succeeded { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>Only entries before this place of the log.</summary>
    public long? BeforeSequence { get; init; }

    public required int Limit { get; init; }
}
