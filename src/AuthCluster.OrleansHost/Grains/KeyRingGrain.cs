using System.Collections.Immutable;
using AuthCluster.OrleansHost.Storage;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>The stored key ring. There is one such grain.</summary>
[Alias("authcluster.key-ring")]
internal interface IKeyRingGrain : IGrainWithIntegerKey, IKeyRingStore;

[GenerateSerializer, Alias("authcluster.key-ring-record")]
internal sealed class KeyRingRecord
{
    [Id(0)]
    public StoredKeyRing Ring { get; init; } = new(0, []);
}

[GrainType("key-ring")]
internal sealed class KeyRingGrain([PersistentState("key-ring", ClusterStorage.Name)] IPersistentState<KeyRingRecord> stored)
    : StoredGrain<KeyRingRecord>(stored), IKeyRingGrain
{
    public Task<StoredKeyRing> LoadAsync() => Task.FromResult(Record.Ring);

    public async Task<bool> SaveAsync(ImmutableArray<StoredKey> keys, long expectedVersion)
    {
        if (Record.Ring.Version != expectedVersion)
            return false;
        await SaveAsync(new KeyRingRecord { Ring = new StoredKeyRing(expectedVersion + 1, keys) });
        return true;
    }
}
