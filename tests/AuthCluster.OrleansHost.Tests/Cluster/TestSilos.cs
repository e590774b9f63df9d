using System.Collections.Concurrent;
using System.Security.Cryptography;
using AuthCluster.Http.Settings;
using AuthCluster.OrleansHost.Settings;
using AuthCluster.OrleansHost.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;

namespace AuthCluster.OrleansHost.Tests.Cluster;

/// <summary>Three silos with the grains of this host, on records in memory that outlive them, or in a database.</summary>
internal sealed class TestSilos : IAsyncDisposable
{
    public const int Count = 3;

    private static readonly ConcurrentDictionary<string, RecordStore> Stores = new();

    private TestSilos(TestCluster cluster) => Cluster = cluster;

    public TestCluster Cluster { get; }

    public RecordStore Records => Stores[Cluster.Options.ServiceId];

    /// <summary>The same for all nodes.</summary>
    public string MasterKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The storage of the first silo.</summary>
    public IGrainStorage Storage => ServicesOfFirst.GetRequiredKeyedService<IGrainStorage>(GrainStorage.Name);

    private IServiceProvider ServicesOfFirst => ((InProcessSiloHandle)Cluster.Primary!).SiloHost.Services;

    private IGrainStorageSerializer Serializer => ServicesOfFirst.GetRequiredKeyedService<IGrainStorageSerializer>(GrainStorage.Name);

    public static async Task<TestSilos> StartAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var builder = new TestClusterBuilder(Count);
        // Front doors are clients of their own, which come by TCP.
        builder.Options.ConnectionTransport = ConnectionTransportType.TcpSocket;
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureHostConfiguration(host => host.AddInMemoryCollection(
            (settings ?? new Dictionary<string, string>()).ToDictionary(setting => $"AuthCluster:{setting.Key}", setting => (string?)setting.Value)));
        builder.AddSiloBuilderConfigurator<SiloSetup>();
        builder.AddClientBuilderConfigurator<ClientSetup>();
        Stores[builder.Options.ServiceId] = new RecordStore();
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestSilos(cluster);
    }

    public T Read<T>(string name, GrainId grain) => Serializer.Deserialize<T>(BinaryData.FromBytes(Records.Read(name, grain)!.Bytes))!;

    /// <summary>Behind the grain's back.</summary>
    public void Write<T>(string name, GrainId grain, T record) => Write(name, grain, record, Records.Read(name, grain)?.Tag);

    public void Write<T>(string name, GrainId grain, T record, string? expectedTag)
    {
        var (before, after) = (Records.Before, Records.After);
        (Records.Before, Records.After) = (null, null);
        Records.Write(name, grain, Serializer.Serialize(record).ToArray(), expectedTag);
        (Records.Before, Records.After) = (before, after);
    }

    public async ValueTask DisposeAsync()
    {
        Stores.TryRemove(Cluster.Options.ServiceId, out _);
        await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
    }

    private sealed class SiloSetup : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            siloBuilder.AddGrains(SettingsReader.Read(siloBuilder.Configuration).Options, TimeSpan.FromSeconds(5));
            var node = new NodeOptions();
            SettingsReader.Read(siloBuilder.Configuration, (NodeOptions.Section, node));
            switch (node.Storage)
            {
                case ClusterStorageKind.PostgreSql:
                    siloBuilder.AddPostgreSqlRecords(node.ConnectionString!);
                    return;
                case ClusterStorageKind.AzureStorage:
                    siloBuilder.AddAzureRecords(node);
                    return;
                default:
                    break;
            }

            var records = Stores[siloBuilder.Configuration["Orleans:ServiceId"]!];
            siloBuilder.Services.AddGrainStorage(
                GrainStorage.Name,
                (services, name) => new SharedGrainStorage(records, services.GetRequiredKeyedService<IGrainStorageSerializer>(name)));
        }
    }

    private sealed class ClientSetup : IClientBuilderConfigurator
    {
        public void Configure(IConfiguration configuration, IClientBuilder clientBuilder) => clientBuilder.UseGrains(TimeSpan.FromSeconds(5));
    }
}
