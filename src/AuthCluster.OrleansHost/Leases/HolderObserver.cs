using AuthCluster.Leases;

namespace AuthCluster.OrleansHost.Leases;

/// <summary>Lets lenders call this node.</summary>
internal sealed class HolderObserver(Holder holder) : IHolderObserver
{
    public Task RecallAsync(Guid key)
    {
        holder.Recall(key);
        return Task.CompletedTask;
    }

    public Task<bool> DiscardAsync(string lender, Guid lease) => Task.FromResult(holder.Discard(lender, lease));
}
