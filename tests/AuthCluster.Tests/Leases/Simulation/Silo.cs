using AuthCluster.Leases;

namespace AuthCluster.Tests.Leases.Simulation;

/// <summary>One silo with its front door, until it dies.</summary>
internal sealed class Silo : IGranterCalls, IHolderCalls
{
    private readonly Cluster _cluster;
    private readonly LeaseTimes _times;
    private readonly Dictionary<Guid, Activation> _activations = [];

    public Silo(Cluster cluster, string name, LeaseTimes times)
    {
        (_cluster, _times) = (cluster, times);
        Machine = new Machine(cluster.World, name);
        var records = cluster.Faults.Records(cluster.Store.GrantersSeenBy(Machine));
        Granter = new Granter(name, times, records, cluster.Faults.Calls((IGranterCalls)this), Machine.Time, cluster.World.NewId);
        Holder = new Holder(cluster.World.NewId(), capacity: 8, cluster.Faults.Calls((IHolderCalls)this), Machine.Time);
        Machine.Post(_ => _ = RenewAsync(), null);
    }

    public Machine Machine { get; }

    public Granter Granter { get; }

    public Holder Holder { get; }

    public Activation ActivationOf(Guid key)
    {
        if (!_activations.TryGetValue(key, out var activation))
            _activations.Add(key, activation = new Activation(this, _cluster, key));
        return activation;
    }

    /// <summary>The next call finds a new activation, though the old one may still be at work.</summary>
    public void Drop(Guid key, bool orderly)
    {
        if (_activations.Remove(key, out var activation) && orderly)
            _ = activation.LeaveAsync();
    }

    /// <summary>Stops in good order, and is then dead.</summary>
    public async Task StopAsync()
    {
        try
        {
            await Granter.RetireAsync();
        }
        catch (TimeoutException)
        {
            // Not in such good order: others have to shut it out.
        }

        Machine.IsDead = true;
    }

    Task IGranterCalls.GiveUpAsync(string granter, Guid key, Guid epoch) =>
        CallGranterAsync(granter, async to =>
        {
            await to.GiveUpAsync(granter, key, epoch);
            return true;
        });

    Task IGranterCalls.RecallAsync(Guid holder, Guid key) =>
        _cluster.CallAsync(this, _cluster.Running.SingleOrDefault(silo => silo.Holder.Id == holder), to =>
        {
            to.Holder.Recall(key);
            return Task.FromResult(true);
        });

    Task<bool> IGranterCalls.DiscardAsync(Guid holder, string granter, Guid lease) =>
        _cluster.CallAsync(this, _cluster.Running.SingleOrDefault(silo => silo.Holder.Id == holder), to =>
            Task.FromResult(to.Holder.Discard(granter, lease)));

    Task<LeaseTerms?> IHolderCalls.OpenAsync(string granter, Guid holder, Guid? discarded) =>
        CallGranterAsync(granter, to => Task.FromResult(to.Open(granter, holder, discarded)));

    Task<LeaseTerms?> IHolderCalls.RenewAsync(string granter, Guid lease) =>
        CallGranterAsync(granter, to => Task.FromResult(to.Renew(granter, lease)));

    private Task<T> CallGranterAsync<T>(string granter, Func<Granter, Task<T>> handle)
    {
        var address = granter[..granter.IndexOf('~', StringComparison.Ordinal)];
        return _cluster.CallAsync(this, _cluster.Running.SingleOrDefault(silo => silo.Machine.Name == address), to => handle(to.Granter));
    }

    private async Task RenewAsync()
    {
        while (true)
        {
            try
            {
                await Granter.ProveAsync();
            }
            catch (Exception fault) when (fault is TimeoutException or StateUnavailableException)
            {
                // Again with the next round.
            }

            _ = Holder.RenewAsync();
            await Task.Delay(_times.RenewalInterval, Machine.Time);
        }
    }
}
