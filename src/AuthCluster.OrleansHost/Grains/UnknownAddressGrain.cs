using System.Security.Cryptography;
using System.Text;
using AuthCluster.Accounts;
using Orleans.Concurrency;
using Orleans.Placement;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>
/// Leads to the silo that counts the attempts at an address that nobody holds. The key is a hash of the address, by which the silo is chosen, so that
/// all nodes find the same one as long as no silo comes or goes.
/// </summary>
[Alias("authcluster.unknown-address")]
internal interface IUnknownAddressGrain : IGrainWithStringKey
{
    [Alias("reserve")]
    Task<TimeSpan?> ReserveAsync(Guid attempt);

    [Alias("settle")]
    Task SettleAsync(Guid attempt, bool wasCompared);
}

/// <summary>Holds nothing itself: the silo bounds how many addresses it remembers.</summary>
[GrainType("unknown-address"), HashBasedPlacement, Reentrant]
internal sealed class UnknownAddressGrain(UnknownAddressBudgets budgets) : Grain, IUnknownAddressGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.LeaveSoon(() => true);
        return base.OnActivateAsync(cancellationToken);
    }

    public Task<TimeSpan?> ReserveAsync(Guid attempt) => budgets.ReserveAsync(this.GetPrimaryKeyString(), attempt);

    public Task SettleAsync(Guid attempt, bool wasCompared) => budgets.SettleAsync(this.GetPrimaryKeyString(), attempt, wasCompared);
}

/// <summary>The port, on grains.</summary>
internal sealed class ClusterUnknownAddressBudgets(IGrainFactory grains) : IUnknownAddressBudgets
{
    public Task<TimeSpan?> ReserveAsync(string address, Guid attempt) => GrainOf(address).ReserveAsync(attempt);

    public Task SettleAsync(string address, Guid attempt, bool wasCompared) => GrainOf(address).SettleAsync(attempt, wasCompared);

    private IUnknownAddressGrain GrainOf(string address) =>
        grains.GetGrain<IUnknownAddressGrain>(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address))));
}
