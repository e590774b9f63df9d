using AuthCluster.Leases;

namespace AuthCluster.OrleansHost.Leases;

/// <summary>Lets granters call this node.</summary>
internal sealed class HolderObserver(Holder holder) : IHolderObserver
{
    public Task RecallAsync(Guid key)
    {
        holder.Recall(key);
        return Task.CompletedTask;
    }

    public Task<bool> DiscardAsync(string granter, Guid lease) => Task.FromResult(holder.Discard(granter, lease));
}
