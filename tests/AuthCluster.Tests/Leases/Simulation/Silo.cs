using AuthCluster.Leases;

namespace AuthCluster.Tests.Leases.Simulation;

/// <summary>One silo with its front door, until it dies.</summary>
internal sealed class Silo : ILenderCalls, IHolderCalls
{
    private readonly Cluster _cluster;
    private readonly LeaseTimes _times;
    private readonly Dictionary<Guid, Activation> _activations = [];

    public Silo(Cluster cluster, string name, LeaseTimes times)
    {
        (_cluster, _times) = (cluster, times);
        Machine = new Machine(cluster.World, name);
        var records = cluster.Faults.Records(cluster.Store.LendersSeenBy(Machine));
        Lender = new Lender(name, times, records, cluster.Faults.Calls((ILenderCalls)this), Machine.Time, cluster.World.NewId);
        Holder = new Holder(cluster.World.NewId(), capacity: 8, cluster.Faults.Calls((IHolderCalls)this), Machine.Time);
        Machine.Post(_ => _ = RenewAsync(), null);
    }

    public Machine Machine { get; }

    public Lender Lender { get; }

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
            await Lender.RetireAsync();
        }
        catch (TimeoutException)
        {
            // Not in such good order: others have to shut it out.
        }

        Machine.IsDead = true;
    }

    Task ILenderCalls.GiveUpAsync(string lender, Guid key, Guid epoch) =>
        CallLenderAsync(lender, async to =>
        {
            await to.GiveUpAsync(lender, key, epoch);
            return true;
        });

    Task ILenderCalls.RecallAsync(Guid holder, Guid key) =>
        _cluster.CallAsync(this, _cluster.Running.SingleOrDefault(silo => silo.Holder.Id == holder), to =>
        {
            to.Holder.Recall(key);
            return Task.FromResult(true);
        });

    Task<bool> ILenderCalls.DiscardAsync(Guid holder, string lender, Guid lease) =>
        _cluster.CallAsync(this, _cluster.Running.SingleOrDefault(silo => silo.Holder.Id == holder), to =>
            Task.FromResult(to.Holder.Discard(lender, lease)));

    Task<LeaseTerms?> IHolderCalls.OpenAsync(string lender, Guid holder, Guid? discarded) =>
        CallLenderAsync(lender, to => Task.FromResult(to.Open(lender, holder, discarded)));

    Task<LeaseTerms?> IHolderCalls.RenewAsync(string lender, Guid lease) =>
        CallLenderAsync(lender, to => Task.FromResult(to.Renew(lender, lease)));

    private Task<T> CallLenderAsync<T>(string lender, Func<Lender, Task<T>> handle)
    {
        var address = lender[..lender.IndexOf('~', StringComparison.Ordinal)];
        return _cluster.CallAsync(this, _cluster.Running.SingleOrDefault(silo => silo.Machine.Name == address), to => handle(to.Lender));
    }

    private async Task RenewAsync()
    {
        while (true)
        {
            try
            {
                await Lender.ProveAsync();
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
