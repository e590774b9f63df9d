using AuthCluster.Accounts;

namespace AuthCluster;

/// <summary>
/// Every revocation, for services that check tokens themselves. Each host implements this port. What a save revokes is stored with it
/// (<see cref="AccountChange.Revocations"/>) and is here before the act is answered.
/// </summary>
public interface IRevocationFeed
{
    /// <summary>
    /// What comes after a position; waits for something to come, at most so long. Revocations of one account come in their order. One may come
    /// twice, which changes nothing.
    /// </summary>
    /// <param name="after">The position of the last event that the reader has; <c>null</c> to begin with what happens from now on.</param>
    /// <exception cref="StateUnavailableException">The feed is out of reach.</exception>
    Task<FeedPage> ReadAsync(string? after, TimeSpan patience, CancellationToken cancellation);

    /// <summary>Deletes what is older.</summary>
    Task PurgeAsync(DateTimeOffset before);
}

/// <param name="AccountId"><c>null</c> where tokens of all accounts died.</param>
public sealed record RevocationNotice(Guid? AccountId, Revocation Revocation);

/// <param name="Position">Names the place behind this event.</param>
public readonly record struct FeedEvent(string Position, RevocationNotice Notice);

/// <summary>A portion of the feed.</summary>
/// <param name="Position">The place behind the last event.</param>
/// <param name="CompleteTo">
/// With this page the reader has every revocation that was answered before this time; <c>null</c> where more is waiting to be read.
/// </param>
public sealed record FeedPage(IReadOnlyList<FeedEvent> Events, string Position, DateTimeOffset? CompleteTo)
{
    /// <summary>The feed does not know what came after the position that was asked for. The page begins anew, without events.</summary>
    public bool IsGap { get; init; }
}
