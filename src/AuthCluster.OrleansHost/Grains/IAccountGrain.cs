using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.Leases;
using Orleans.Concurrency;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>One account as a grain. A reference to it is the port.</summary>
[Alias("authcluster.account")]
internal interface IAccountGrain : IGrainWithGuidKey, IAccount
{
    /// <summary>The snapshot that token checks read, without a value where there is no such account; to be kept where a lease comes with it.</summary>
    [Alias("ask-standing")]
    Task<LeasedAnswer<Standing>> AskStandingAsync(Guid holder);

    /// <summary>Takes an account over that another deployment had under this id, unless there is or was one here.</summary>
    /// <param name="document"><see cref="AccountDocument"/>.</param>
    [Alias("import")]
    Task<ImportAnswer> ImportAsync(byte[] document);

    /// <summary>Whether the account holds a name that the grain of the name knows to be reserved for it.</summary>
    /// <remarks>Never waits for a turn, because that turn may be waiting for the grain that asks.</remarks>
    [AlwaysInterleave]
    [Alias("resolve-claim")]
    Task<ClaimAnswer> ResolveClaimAsync(string nameKey);

    /// <summary>What the account's log has below a number, newest first. It holds no act up.</summary>
    [AlwaysInterleave]
    [Alias("read-log")]
    Task<ImmutableArray<ActivityEntry>> ReadLogAsync(long beforeNumber, int limit);
}

/// <summary>What an account says of a name that is reserved for it.</summary>
internal enum ClaimAnswer
{
    /// <summary>A turn is under way that may take or leave it: until that is over, the name counts as taken.</summary>
    Undecided = 0,

    Holds = 1,

    /// <summary>It does not hold it, and nothing that was under way when it was asked can make it do so.</summary>
    Free = 2,
}

internal enum ImportAnswer
{
    Imported = 0,

    /// <summary>It was imported before; it may have changed since, or been deleted.</summary>
    Known = 1,

    EmailTaken = 2,

    UsernameTaken = 3,
}
