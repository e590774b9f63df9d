using System.Collections.Concurrent;
using AuthCluster.Leases;

namespace AuthCluster.OrleansHost.Leases;

/// <summary>
/// How this silo reaches the nodes that hold its leases. It calls its own node directly, which also works while Orleans stops: no other
/// silo has to wait for that lease then.
/// </summary>
internal sealed class HolderDirectory(Holder? own = null, HolderObserver? ownObserver = null)
{
    /// <summary>Far more nodes than a cluster has: nodes come and go.</summary>
    private const int Limit = 1_000;

    private readonly ConcurrentDictionary<Guid, IHolderObserver> _observers = new();

    public void Add(Guid holder, IHolderObserver observer)
    {
        // A node that is forgotten here is known again with its next lease. Until its present one ends, a recall waits for that.
        if (_observers.Count >= Limit)
            _observers.Clear();
        _observers[holder] = observer;
    }

    /// <exception cref="StateUnavailableException">The node is not known here.</exception>
    public IHolderObserver Get(Guid holder) => holder == own?.Id && ownObserver is not null
        ? ownObserver
        : _observers.GetValueOrDefault(holder) ?? throw new StateUnavailableException($"The node {holder} is not known to this silo.");
}
