using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.Options;

namespace AuthCluster.OrleansHost.Feed;

/// <summary>A revocation that is stored with the account.</summary>
/// <param name="IsTold">Whether it was known to be in the feed when the account was last saved.</param>
[GenerateSerializer, Alias("authcluster.noted-revocation")]
internal readonly record struct NotedRevocation([property: Id(0)] Revocation Revocation, [property: Id(1)] bool IsTold);

/// <summary>
/// Revocations of one record on their way into the feed. They are stored with the state that they follow from, so that a silo that dies before it told
/// them leaves that to the next one.
/// </summary>
internal static class NotedRevocations
{
    /// <summary>
    /// A silo that takes a record over tells what was revoked so lately once more, before anything of its own: a reader then has the revocations of an
    /// account in their order although they are in two logs, as long as clocks differ by less.
    /// </summary>
    public static readonly TimeSpan OrderTime = TimeSpan.FromSeconds(10);

    /// <summary>A reader of the feed checks access tokens. An earlier revocation has none left that have not expired; the hour is for settings that were changed.</summary>
    public static TimeSpan RelevantTime(TokenOptions tokens) => tokens.AccessLifetime + TimeSpan.FromHours(1);

    /// <summary>What the next save stores.</summary>
    public static ImmutableArray<NotedRevocation> With(
        this ImmutableArray<NotedRevocation> noted, ImmutableArray<Revocation> revocations, DateTimeOffset now) =>
    [
        .. noted.Where(known => !known.IsTold || known.Revocation.Time > now - OrderTime),
        .. revocations.Select(revocation => new NotedRevocation(revocation, IsTold: false)),
    ];

    public static ImmutableArray<NotedRevocation> Told(this ImmutableArray<NotedRevocation> noted) =>
        [.. noted.Select(known => known with { IsTold = true })];

    /// <summary>What an activation that reads the record has to tell before it goes by it.</summary>
    /// <param name="relevant">How long ago a revocation may be whose tokens have not expired.</param>
    public static IReadOnlyList<RevocationNotice> ToTell(this ImmutableArray<NotedRevocation> noted, Guid account, DateTimeOffset now, TimeSpan relevant) =>
    [
        .. noted.Where(known => known.Revocation.Time > now - (known.IsTold ? OrderTime : relevant))
            .Select(known => new RevocationNotice(account, known.Revocation)),
    ];
}
