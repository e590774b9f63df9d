using AuthCluster.Leases;

namespace AuthCluster.OrleansHost.Leases;

/// <summary>The lender of one silo, which the key names. It is called there and nowhere else.</summary>
[Alias("authcluster.lender")]
internal interface ILenderGrain : IGrainWithStringKey
{
    [Alias("open")]
    Task<LeaseTerms?> OpenAsync(string lender, Guid holder, IHolderObserver observer, Guid? discarded);

    [Alias("renew")]
    Task<LeaseTerms?> RenewAsync(string lender, Guid lease);

    [Alias("give-up")]
    Task GiveUpAsync(string lender, Guid key, Guid epoch);
}

/// <summary>A node that keeps copies, as the lenders call it.</summary>
[Alias("authcluster.holder")]
internal interface IHolderObserver : IGrainObserver
{
    [Alias("recall")]
    Task RecallAsync(Guid key);

    [Alias("discard")]
    Task<bool> DiscardAsync(string lender, Guid lease);
}
