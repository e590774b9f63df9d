using System.Collections.Immutable;
using AuthCluster.OrleansHost.Grains;

namespace AuthCluster.OrleansHost;

/// <summary>The stored key ring, which is a grain. A reference to it can only be made once the node has joined the cluster.</summary>
internal sealed class ClusterKeyRing(IGrainFactory grains) : IKeyRingStore
{
    private IKeyRingGrain Grain => grains.GetGrain<IKeyRingGrain>(0);

    public Task<StoredKeyRing> LoadAsync() => Grain.LoadAsync();

    public Task<bool> SaveAsync(ImmutableArray<StoredKey> keys, long expectedVersion) => Grain.SaveAsync(keys, expectedVersion);
}
