using AuthCluster.Options;
using AuthCluster.OrleansHost.Wire;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Serialization.Configuration;
using Orleans.Storage;

namespace AuthCluster.OrleansHost;

/// <summary>What this host brings to the front door: the ports, on grains; and what a node needs to run grains or to call them.</summary>
internal static class ClusterGrains
{
    /// <summary>Whoever waits longer for an answer of the HTTP interface has gone.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The ports. The node calls grains, whether it has some or not.</summary>
    public static void AddClusterPorts(this IServiceCollection services)
    {
        services.AddSingleton<IAccounts, ClusterAccounts>();
        services.TryAddSingleton<ClusterEventLog>();
        services.AddSingleton<IEventLog>(provider => provider.GetRequiredService<ClusterEventLog>());
        services.AddSingleton<IKeyRingStore, ClusterKeyRing>();
        services.AddHealthChecks().AddCheck<ClusterHealth>("cluster");
    }

    /// <summary>For a node that runs grains.</summary>
    public static void AddGrains(this ISiloBuilder silo, AuthClusterOptions options)
    {
        silo.AddOutgoingGrainCallFilter<OutOfReachFilter>();
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
        silo.Services.Configure<TypeManifestOptions>(WireNames.Configure);
        // Records are written by member numbers, as calls are: what is renamed in the program stays readable.
        silo.Services.AddKeyedSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>(Storage.ClusterStorage.Name);
        silo.Services.TryAddSingleton(options);
        silo.Services.TryAddSingleton(options.Rules);
        silo.Services.TryAddSingleton<ClusterEventLog>();
        silo.Services.AddHostedService<ActivityRetention>();
    }

    /// <summary>For a node that only calls grains.</summary>
    public static void UseGrains(this IClientBuilder client)
    {
        client.AddOutgoingGrainCallFilter<OutOfReachFilter>();
        client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
        client.Services.Configure<TypeManifestOptions>(WireNames.Configure);
    }
}
