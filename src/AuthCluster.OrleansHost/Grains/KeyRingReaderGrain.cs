using AuthCluster.OrleansHost.Storage;
using Orleans.Concurrency;
using Orleans.Storage;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>Reads the stored key ring. Every silo has this grain, so no silo is needed for it that is not there.</summary>
[Alias("authcluster.key-ring-reader")]
internal interface IKeyRingReaderGrain : IGrainWithIntegerKey
{
    /// <param name="lease">How long the caller goes by what it is told.</param>
    [Alias("read")]
    Task<StoredKeyRing> ReadAsync(TimeSpan lease);
}

[GrainType("key-ring-reader")]
[StatelessWorker]
internal sealed class KeyRingReaderGrain([FromKeyedServices(GrainStorage.Name)] IGrainStorage storage) : Grain, IKeyRingReaderGrain
{
    public async Task<StoredKeyRing> ReadAsync(TimeSpan lease)
    {
        var keyRing = GrainFactory.KeyRing();
        var stored = new GrainState<KeyRingRecord>(new KeyRingRecord());
        await storage.ReadStateAsync(KeyRingGrain.RecordName, keyRing.GetGrainId(), stored);
        return stored.State!.LongestLease >= lease ? stored.State.Ring : await keyRing.AdmitAsync(lease);
    }
}
