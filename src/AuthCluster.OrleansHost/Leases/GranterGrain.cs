using AuthCluster.Leases;
using Orleans.Concurrency;

namespace AuthCluster.OrleansHost.Leases;

/// <summary>Lets others call the granter of this silo. Reentrant: a record is given up only when its copies are back, and renewals go on.</summary>
[GrainType("granter"), Reentrant, PlacedOnNamedSilo]
internal sealed class GranterGrain(Granter granter, HolderDirectory holders) : Grain, IGranterGrain
{
    public Task<LeaseTerms?> OpenAsync(string granterId, Guid holder, IHolderObserver observer, Guid? discarded)
    {
        holders.Add(holder, observer);
        return Task.FromResult(granter.Open(granterId, holder, discarded));
    }

    public Task<LeaseTerms?> RenewAsync(string granterId, Guid lease) => Task.FromResult(granter.Renew(granterId, lease));

    public Task GiveUpAsync(string granterId, Guid key, Guid epoch) => granter.GiveUpAsync(granterId, key, epoch);
}
