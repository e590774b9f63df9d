using AuthCluster.Accounts;
using AuthCluster.Emails;
using AuthCluster.Leases;
using AuthCluster.OrleansHost.Grains;

namespace AuthCluster.OrleansHost;

/// <summary>The accounts as grains, wherever in the cluster they are; what token checks read of them, as leased copies.</summary>
internal sealed class ClusterAccounts(IGrainFactory grains, Holder holder) : IAccounts
{
    public IAccount For(Guid id) => grains.GetGrain<IAccountGrain>(id);

    public ValueTask<Standing?> StandingAsync(Guid id) =>
        holder.Find<Standing>(id) is { } standing ? new(standing) : new(AskAsync(id));

    public Task<Guid?> FindAsync(CanonicalEmail email) => grains.GetGrain<IEmailGrain>(EmailKey.Of(email)).FindAsync();

    private Task<Standing?> AskAsync(Guid id) =>
        holder.AskAsync(id, () => grains.GetGrain<IAccountGrain>(id).AskStandingAsync(holder.Id));
}
