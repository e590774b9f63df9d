using Azure.Data.Tables;
using Azure.Identity;

namespace AuthCluster.OrleansHost.Storage;

/// <summary>Azure Table storage, or Azurite. Orleans makes the tables that are missing.</summary>
internal static class AzureTables
{
    public static void Use(ISiloBuilder silo, ClusterOptions options)
    {
        silo.UseAzureStorageClustering(clustering => clustering.TableServiceClient = Connect(options));
        silo.AddAzureTableGrainStorage(ClusterStorage.Name, storage =>
        {
            storage.TableServiceClient = Connect(options);
            storage.DeleteStateOnClear = true;
        });
    }

    public static void Use(IClientBuilder client, ClusterOptions options) =>
        client.UseAzureStorageClustering(gateways => gateways.TableServiceClient = Connect(options));

    private static TableServiceClient Connect(ClusterOptions options) => options.TableServiceUri is { } uri
        ? new TableServiceClient(new Uri(uri), new DefaultAzureCredential())
        : new TableServiceClient(options.ConnectionString);
}
