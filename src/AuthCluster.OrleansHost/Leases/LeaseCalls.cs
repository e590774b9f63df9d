using AuthCluster.Leases;

namespace AuthCluster.OrleansHost.Leases;

/// <summary>Calls between granters and holders, as calls of grains and observers.</summary>
internal sealed class GranterCalls(IGrainFactory grains, HolderDirectory holders, LeaseTimes times, TimeProvider time) : IGranterCalls
{
    // The other one may itself have to wait for a lease to end.
    private TimeSpan GiveUpTime => LeaseTimes.Outlasting(times.Duration) + times.AnswerTime;

    public Task GiveUpAsync(string granter, Guid key, Guid epoch) =>
        grains.GranterOf(granter).GiveUpAsync(granter, key, epoch).WaitAsync(GiveUpTime, time);

    public Task RecallAsync(Guid holder, Guid key) => holders.Get(holder).RecallAsync(key).WaitAsync(times.AnswerTime, time);

    public Task<bool> DiscardAsync(Guid holder, string granter, Guid lease) =>
        holders.Get(holder).DiscardAsync(granter, lease).WaitAsync(times.AnswerTime, time);
}

/// <inheritdoc cref="GranterCalls"/>
internal sealed class HolderCalls(IGrainFactory grains, HolderReference self, LeaseTimes times, TimeProvider time) : IHolderCalls
{
    public Task<LeaseTerms?> OpenAsync(string granter, Guid holder, Guid? discarded) =>
        grains.GranterOf(granter).OpenAsync(granter, holder, self.Value, discarded).WaitAsync(times.AnswerTime, time);

    public Task<LeaseTerms?> RenewAsync(string granter, Guid lease) =>
        grains.GranterOf(granter).RenewAsync(granter, lease).WaitAsync(times.AnswerTime, time);
}

/// <summary>What others call this node by; known once it has joined the cluster.</summary>
internal sealed class HolderReference
{
    private IHolderObserver? _value;

    public IHolderObserver Value
    {
        get => _value ?? throw new StateUnavailableException("This node has not joined the cluster yet.");
        set => _value = value;
    }
}

/// <summary>An incarnation of a granter is named after its silo: <c>address~number</c>.</summary>
internal static class GranterNames
{
    public static IGranterGrain GranterOf(this IGrainFactory grains, string granter) =>
        grains.GetGrain<IGranterGrain>(granter[..granter.LastIndexOf('~')]);
}
