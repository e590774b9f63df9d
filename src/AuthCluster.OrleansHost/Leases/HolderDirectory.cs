using System.Collections.Concurrent;
using AuthCluster.Leases;

namespace AuthCluster.OrleansHost.Leases;

/// <summary>
/// How this silo reaches the nodes that hold leases of it. Its own node it calls directly, which works also while Orleans stops: nobody
/// has to wait for that lease then.
/// </summary>
internal sealed class HolderDirectory(Holder? own = null, HolderObserver? ownObserver = null)
{
    /// <summary>Nodes come and go; far more than a cluster has are those that went.</summary>
    private const int Limit = 1_000;

    private readonly ConcurrentDictionary<Guid, IHolderObserver> _observers = new();

    public void Add(Guid holder, IHolderObserver observer)
    {
        // Who is forgotten here is waited for until its lease ends, and is known again with its next one.
        if (_observers.Count >= Limit)
            _observers.Clear();
        _observers[holder] = observer;
    }

    /// <exception cref="StateUnavailableException">The node is not known here.</exception>
    public IHolderObserver Get(Guid holder) => holder == own?.Id && ownObserver is not null
        ? ownObserver
        : _observers.GetValueOrDefault(holder) ?? throw new StateUnavailableException($"The node {holder} is not known to this silo.");
}
