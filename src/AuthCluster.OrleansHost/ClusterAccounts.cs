using AuthCluster.Accounts;
using AuthCluster.Emails;
using AuthCluster.Leases;
using AuthCluster.OrleansHost.Grains;

namespace AuthCluster.OrleansHost;

/// <summary>The accounts as grains, wherever in the cluster they are; what token checks read of them, as leased copies.</summary>
internal sealed class ClusterAccounts(IGrainFactory grains, Holder holder, TimeProvider time) : IAccounts
{
    private readonly GoneAccounts _gone = new(time);

    public IAccount For(Guid id) => grains.GetGrain<IAccountGrain>(id);

    public ValueTask<Standing?> StandingAsync(Guid id) =>
        holder.Find<Standing>(id) is { } standing ? new(standing) : _gone.Contains(id) ? default : new(AskAsync(id));

    public Task<Guid?> FindAsync(LoginName name) => grains.GetGrain<ILoginNameGrain>(LoginNameKey.Of(name)).FindAsync();

    private async Task<Standing?> AskAsync(Guid id)
    {
        // A silo that died or stands still answers nobody until the cluster has noticed.
        var standing = await holder.AskAsync(id, () => grains.GetGrain<IAccountGrain>(id).AskStandingAsync(holder.Id)).InTimeAsync(time);
        if (standing is null)
            _gone.Add(id);
        return standing;
    }
}
