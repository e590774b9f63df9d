using AuthCluster.Leases;

namespace AuthCluster.OrleansHost.Leases;

/// <summary>Calls between lenders and holders, as calls of grains and observers.</summary>
internal sealed class LenderCalls(IGrainFactory grains, HolderDirectory holders, LeaseTimes times, TimeProvider time) : ILenderCalls
{
    public Task GiveUpAsync(string lender, Guid key, Guid epoch) =>
        grains.LenderOf(lender).GiveUpAsync(lender, key, epoch).WaitAsync(times.GiveUpTime, time);

    public Task RecallAsync(Guid holder, Guid key) => holders.Get(holder).RecallAsync(key).WaitAsync(times.AnswerTime, time);

    public Task<bool> DiscardAsync(Guid holder, string lender, Guid lease) =>
        holders.Get(holder).DiscardAsync(lender, lease).WaitAsync(times.AnswerTime, time);
}

/// <inheritdoc cref="LenderCalls"/>
internal sealed class HolderCalls(IGrainFactory grains, HolderReference self, LeaseTimes times, TimeProvider time) : IHolderCalls
{
    public Task<LeaseTerms?> OpenAsync(string lender, Guid holder, Guid? discarded) =>
        grains.LenderOf(lender).OpenAsync(lender, holder, self.Value, discarded).WaitAsync(times.AnswerTime, time);

    public Task<LeaseTerms?> RenewAsync(string lender, Guid lease) =>
        grains.LenderOf(lender).RenewAsync(lender, lease).WaitAsync(times.AnswerTime, time);
}

/// <summary>The reference by which lenders call this node. There is one once the node has joined the cluster.</summary>
internal sealed class HolderReference
{
    private IHolderObserver? _value;

    public IHolderObserver Value
    {
        get => _value ?? throw new StateUnavailableException("This node has not joined the cluster yet.");
        set => _value = value;
    }
}

/// <summary>An incarnation of a lender is named after its silo: <c>address~number</c>.</summary>
internal static class LenderNames
{
    public static ILenderGrain LenderOf(this IGrainFactory grains, string lender) => grains.GetGrain<ILenderGrain>(AddressOf(lender));

    public static SiloAddress SiloOf(string lender) => SiloAddress.FromParsableString(AddressOf(lender));

    private static string AddressOf(string lender) => lender[..lender.LastIndexOf('~')];
}
