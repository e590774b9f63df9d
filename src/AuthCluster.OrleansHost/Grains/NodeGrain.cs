using AuthCluster.OrleansHost.Leases;
using AuthCluster.OrleansHost.Storage;
using Orleans.Concurrency;
using Orleans.Storage;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>Tells a node whether it can work: it reaches grains, they reach the store, and accounts of silos before them would be served.</summary>
[Alias("authcluster.node")]
internal interface INodeGrain : IGrainWithIntegerKey
{
    [Alias("check")]
    Task CheckAsync();
}

[GenerateSerializer, Alias("authcluster.node-record")]
internal sealed class NodeRecord;

/// <summary>On the silo that is asked itself: when one silo goes, the others stay ready.</summary>
[GrainType("node")]
[StatelessWorker]
internal sealed class NodeGrain([FromKeyedServices(GrainStorage.Name)] IGrainStorage storage, LenderSettlement settlement) : Grain, INodeGrain
{
    public Task CheckAsync() => !settlement.IsDone
        ? throw new StateUnavailableException("Silos that are gone may still have lent something.")
        : storage.ReadStateAsync("node", this.GetGrainId(), new GrainState<NodeRecord>(new NodeRecord()));
}
