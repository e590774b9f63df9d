using System.Collections.Immutable;
using AuthCluster.Leases;
using AuthCluster.OrleansHost.Grains;

namespace AuthCluster.OrleansHost;

/// <summary>
/// The stored key ring, which is a grain. What a node has loaded of it is leased, as standings are: a key that was retired verifies
/// nothing any more on any node once that is acknowledged.
/// </summary>
internal sealed class ClusterKeyRing(IGrainFactory grains, Holder holder) : IKeyRingStore
{
    // A reference to a grain can only be made once the node has joined the cluster.
    private IKeyRingGrain Grain => grains.GetGrain<IKeyRingGrain>(0);

    public async Task<StoredKeyRing> LoadAsync() =>
        await holder.AskAsync(KeyRingGrain.LeaseKey, () => Grain.AskAsync(holder.Id)) ?? new StoredKeyRing(0, []);

    public Task<bool> SaveAsync(ImmutableArray<StoredKey> keys, long expectedVersion) => Grain.SaveAsync(keys, expectedVersion);

    public bool IsCurrent(long version) => holder.Find<StoredKeyRing>(KeyRingGrain.LeaseKey)?.Version == version;
}
