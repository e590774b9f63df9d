using AuthCluster.Accounts;
using AuthCluster.Emails;
using AuthCluster.OrleansHost.Grains;

namespace AuthCluster.OrleansHost;

/// <summary>The accounts as grains, wherever in the cluster they are.</summary>
internal sealed class ClusterAccounts(IGrainFactory grains) : IAccounts
{
    public IAccount For(Guid id) => grains.GetGrain<IAccountGrain>(id);

    public ValueTask<Standing?> StandingAsync(Guid id) => new(grains.GetGrain<IAccountGrain>(id).GetStandingAsync());

    public Task<Guid?> FindAsync(CanonicalEmail email) => grains.GetGrain<IEmailGrain>(EmailKey.Of(email)).FindAsync();
}
