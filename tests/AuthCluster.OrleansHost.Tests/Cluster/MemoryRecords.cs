using AuthCluster.OrleansHost.Wire;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Storage;

namespace AuthCluster.OrleansHost.Tests.Cluster;

/// <summary>Records in memory without a silo, in the forms that silos store.</summary>
internal sealed class MemoryRecords : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSerializer(serializer => serializer.AddAssembly(typeof(ClusterServer).Assembly))
        .AddWire()
        .BuildServiceProvider();

    public MemoryRecords() => Storage = new SharedGrainStorage(Store, new OrleansGrainStorageSerializer(_services.GetRequiredService<Serializer>()));

    public RecordStore Store { get; } = new();

    public IGrainStorage Storage { get; }

    public void Dispose() => _services.Dispose();
}
