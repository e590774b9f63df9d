using AuthCluster.Leases;
using Orleans.Concurrency;

namespace AuthCluster.OrleansHost.Leases;

/// <summary>Lets other nodes call the lender of this silo. Reentrant: renewals go on while a record that is given up waits for its copies.</summary>
[GrainType("lender"), Reentrant, PlacedOnNamedSilo]
internal sealed class LenderGrain(Lender lender, HolderDirectory holders) : Grain, ILenderGrain
{
    public Task<LeaseTerms?> OpenAsync(string lenderId, Guid holder, IHolderObserver observer, Guid? discarded)
    {
        holders.Add(holder, observer);
        return Task.FromResult(lender.Open(lenderId, holder, discarded));
    }

    public Task<LeaseTerms?> RenewAsync(string lenderId, Guid lease) => Task.FromResult(lender.Renew(lenderId, lease));

    public Task GiveUpAsync(string lenderId, Guid key, Guid epoch) => lender.GiveUpAsync(lenderId, key, epoch);
}
