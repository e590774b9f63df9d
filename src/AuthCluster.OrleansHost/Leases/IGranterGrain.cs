using AuthCluster.Leases;

namespace AuthCluster.OrleansHost.Leases;

/// <summary>The granter of one silo, which the key names. It is called there and nowhere else.</summary>
[Alias("authcluster.granter")]
internal interface IGranterGrain : IGrainWithStringKey
{
    [Alias("open")]
    Task<LeaseTerms?> OpenAsync(string granter, Guid holder, IHolderObserver observer, Guid? discarded);

    [Alias("renew")]
    Task<LeaseTerms?> RenewAsync(string granter, Guid lease);

    [Alias("give-up")]
    Task GiveUpAsync(string granter, Guid key, Guid epoch);
}

/// <summary>A node that keeps copies, as the granters call it.</summary>
[Alias("authcluster.holder")]
internal interface IHolderObserver : IGrainObserver
{
    [Alias("recall")]
    Task RecallAsync(Guid key);

    [Alias("discard")]
    Task<bool> DiscardAsync(string granter, Guid lease);
}
