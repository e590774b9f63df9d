using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace AuthCluster.OrleansHost.Leases;

/// <summary>The grain lives on the silo that its key names.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PlacedOnNamedSiloAttribute() : PlacementAttribute(new NamedSiloPlacement());

[GenerateSerializer, Immutable, Alias("authcluster.named-silo-placement")]
internal sealed class NamedSiloPlacement : PlacementStrategy;

internal sealed class NamedSiloDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silo = SiloAddress.FromParsableString(target.GrainIdentity.Key.ToString()!);
        return context.GetCompatibleSilos(target).Contains(silo)
            ? Task.FromResult(silo)
            : throw new StateUnavailableException($"The silo {silo} is gone.");
    }
}
