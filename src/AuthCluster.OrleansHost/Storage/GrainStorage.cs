using System.Net;
using AuthCluster.OrleansHost.Settings;
using Orleans.Configuration;

namespace AuthCluster.OrleansHost.Storage;

/// <summary>Where nodes find each other and where grains keep their records: one setting, one place for each of its values.</summary>
internal static class GrainStorage
{
    /// <summary>The name under which grains ask for their storage.</summary>
    public const string Name = "authcluster";

    public static void UseStorage(this ISiloBuilder silo, NodeOptions options)
    {
        switch (options.Storage)
        {
            case ClusterStorageKind.AzureStorage:
                AzureTables.Use(silo, options);
                silo.UseEndpoints(options);
                break;
            case ClusterStorageKind.PostgreSql:
                PostgreSql.Use(silo, options);
                silo.UseEndpoints(options);
                break;
            default:
                silo.UseLocalhostClustering(
                    options.SiloPort, options.GatewayPort, options.PrimaryEndPoint, options.ServiceId, options.ClusterId);
                silo.AddMemoryGrainStorage(Name);
                break;
        }
    }

    public static void UseStorage(this IClientBuilder client, NodeOptions options)
    {
        switch (options.Storage)
        {
            case ClusterStorageKind.AzureStorage:
                AzureTables.Use(client, options);
                break;
            case ClusterStorageKind.PostgreSql:
                PostgreSql.Use(client, options);
                break;
            default:
                client.UseLocalhostClustering(options.GatewayPort, options.ServiceId, options.ClusterId);
                break;
        }
    }

    private static void UseEndpoints(this ISiloBuilder silo, NodeOptions options)
    {
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            // A silo that starts waits for all that look alive in the table. Those that have not written for three of these times do not: where
            // all crashed and come back at other addresses, nobody is there to declare them dead.
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
            membership.MaxJoinAttemptTime = TimeSpan.FromMinutes(1);
        });
        if (options.AdvertisedIPAddress is { } address)
            silo.ConfigureEndpoints(address, options.SiloPort, options.GatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(address));
        else
            silo.ConfigureEndpoints(options.SiloPort, options.GatewayPort);
    }
}
