using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.Leases;
using AuthCluster.OrleansHost.Feed;
using AuthCluster.OrleansHost.Leases;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>
/// What is stored of an account. It stays after the account was deleted, some hundred bytes without a document, so that the version of
/// an id never goes back.
/// </summary>
[GenerateSerializer, Alias("authcluster.account-record")]
internal sealed record AccountRecord : IHasOwner<AccountRecord>
{
    /// <summary><see cref="AccountDocument"/>; <c>null</c> where there is no such account (any more).</summary>
    [Id(0)]
    public byte[]? Document { get; init; }

    /// <summary>Grows with every save.</summary>
    [Id(1)]
    public long Version { get; init; }

    /// <summary>
    /// Events that may not have reached the log yet. They are stored with the state that they tell of, and what the log took is left out
    /// of the next save.
    /// </summary>
    [Id(2)]
    public ImmutableArray<ActivityEntry> Outbox { get; init; } = [];

    [Id(3)]
    public Owner? Owner { get; init; }

    /// <summary>Tells a deleted account from one that never was: only the latter may be imported.</summary>
    [Id(4)]
    public bool WasDeleted { get; init; }

    /// <summary>Whether the index of accounts is known to have this one under its address.</summary>
    [Id(5)]
    public bool IsIndexed { get; init; }

    /// <summary>The number of the last entry that the account's own log had, as of the save before this one.</summary>
    [Id(6)]
    public long FiledThrough { get; init; }

    /// <summary>What died lately, and what the feed may not have yet.</summary>
    [Id(7)]
    public ImmutableArray<NotedRevocation> Revocations { get; init; } = [];

    public bool HasContent => Document is not null;

    public AccountRecord OwnedBy(Owner owner) => this with { Owner = owner };
}
