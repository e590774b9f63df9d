using AuthCluster.OrleansHost.Storage;
using Orleans.Concurrency;
using Orleans.Storage;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>Tells a node whether it can work: it reaches grains, and they reach the store.</summary>
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
internal sealed class NodeGrain([FromKeyedServices(GrainStorage.Name)] IGrainStorage storage) : Grain, INodeGrain
{
    public Task CheckAsync() => storage.ReadStateAsync("node", this.GetGrainId(), new GrainState<NodeRecord>(new NodeRecord()));
}
