using AuthCluster.OrleansHost.Settings;
using Azure.Data.Tables;
using Azure.Identity;

namespace AuthCluster.OrleansHost.Storage;

/// <summary>Azure Table storage, or Azurite. Orleans makes the tables that are missing.</summary>
internal static class AzureTables
{
    public static void Use(ISiloBuilder silo, NodeOptions options)
    {
        silo.UseAzureStorageClustering(clustering => clustering.TableServiceClient = Connect(options));
        silo.AddAzureRecords(options);
    }

    public static void AddAzureRecords(this ISiloBuilder silo, NodeOptions options) =>
        silo.AddAzureTableGrainStorage(GrainStorage.Name, storage =>
        {
            storage.TableServiceClient = Connect(options);
            storage.DeleteStateOnClear = true;
        });

    public static void Use(IClientBuilder client, NodeOptions options) =>
        client.UseAzureStorageClustering(gateways => gateways.TableServiceClient = Connect(options));

    private static TableServiceClient Connect(NodeOptions options) => options.TableServiceUri is { } uri
        ? new TableServiceClient(new Uri(uri), new DefaultAzureCredential(), Limited())
        : new TableServiceClient(options.ConnectionString, Limited());

    /// <summary>By default a call waits for 100 seconds, four times over. A turn that waits for the store holds up its account.</summary>
    private static TableClientOptions Limited() =>
        new() { Retry = { NetworkTimeout = TimeSpan.FromSeconds(5), MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(200) } };
}
