using AuthCluster.Accounts;
using AuthCluster.Http.Settings;
using AuthCluster.Leases;
using AuthCluster.OrleansHost.AccountIndex;
using AuthCluster.OrleansHost.Feed;
using AuthCluster.OrleansHost.Grains;
using AuthCluster.OrleansHost.Leases;
using AuthCluster.OrleansHost.Settings;
using AuthCluster.OrleansHost.Storage;
using AuthCluster.OrleansHost.Tls;
using AuthCluster.OrleansHost.Wire;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Storage;

namespace AuthCluster.OrleansHost;

/// <summary>What this host brings to the front door: the ports, on grains; and what a node needs to run grains or to call them.</summary>
internal static class ClusterServices
{
    /// <summary>A client of the HTTP interface that waits longer than this for an answer has gone.</summary>
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StoreTime = TimeSpan.FromSeconds(2);

    /// <summary>Three probes without an answer, and a silo is dead to the others: until then, calls of its accounts fail.</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Standings that a node keeps copies of; more than that are asked for anew.</summary>
    private const int CopiesKept = 200_000;

    /// <summary>
    /// Longer than a revocation waits for leases to end: a caller that gave up before would be told "unknown" of an act that is about to be
    /// acknowledged, and a silo that waits would be taken for gone.
    /// </summary>
    private static TimeSpan ResponseTimeout(TimeSpan lease)
    {
        var longest = new LeaseTimes(lease).GiveUpTime + StoreTime;
        return longest > ShortestTimeout ? longest : ShortestTimeout;
    }

    /// <summary>The ports. The node calls grains, whether it has some or not.</summary>
    public static void AddClusterPorts(this IServiceCollection services, TimeSpan lease)
    {
        services.TryAddSingleton(new LeaseTimes(lease));
        services.AddSingleton<HolderReference>().AddSingleton<HolderObserver>().AddSingleton<IHolderCalls, HolderCalls>();
        services.AddSingleton(provider => new Holder(
            Guid.NewGuid(), CopiesKept, provider.GetRequiredService<IHolderCalls>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<HolderRounds>();
        services.AddSingleton<IAccounts, ClusterAccounts>();
        services.TryAddSingleton<ClusterEventLog>();
        services.AddSingleton<IEventLog>(provider => provider.GetRequiredService<ClusterEventLog>());
        services.AddSingleton<IKeyRingStore, ClusterKeyRing>();
        services.AddSingleton<IRevocationFeed, ClusterRevocationFeed>();
        services.AddSingleton<IWaitingMails, ClusterWaitingMails>();
        services.AddSingleton<IUnknownAddressBudgets, ClusterUnknownAddressBudgets>();
        services.AddSingleton<IAccountIndex, ClusterAccountIndex>();
        services.AddSingleton<ISpentIds, ClusterSpentIds>();
        services.AddSingleton<IRevokedLegacyTokens, ClusterRevokedLegacyTokens>();
        services.AddHostedService<KeyRingRounds>();
        services.AddHealthChecks().AddCheck<ClusterHealth>("cluster");
    }

    /// <summary>For a node that runs grains.</summary>
    public static void AddGrains(this ISiloBuilder silo, AuthClusterOptions options, TimeSpan lease)
    {
        silo.AddLender(lease);
        silo.AddOutgoingGrainCallFilter<OutOfReachFilter>();
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = ProbeTimeout;
            // By default they grow to four times as much. A silo that stands still counts as alive for three of them after its last word.
            membership.MaxProbeTimeout = ProbeTimeout;
        });
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout(lease));
        silo.Services.AddWire();
        // Records are written by member numbers, as calls are: what is renamed in the program stays readable.
        silo.Services.AddKeyedSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>(Storage.GrainStorage.Name);
        silo.Services.TryAddSingleton(options);
        silo.Services.TryAddSingleton(options.Rules);
        silo.Services.TryAddSingleton(options.Tokens);
        silo.Services.AddSingleton<FeedRecords>().AddSingleton(provider => new NodeLog(
            provider.GetRequiredService<FeedRecords>(),
            provider.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString(),
            provider.GetRequiredService<TimeProvider>()));
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, NodeLogEnd>();
        silo.Services.TryAddSingleton<ClusterEventLog>();
        silo.Services.TryAddSingleton<UnknownAddressBudgets>();
        silo.Services.AddHostedService<MembershipLog>();
    }

    private static void AddLender(this ISiloBuilder silo, TimeSpan lease)
    {
        silo.Services.TryAddSingleton(new LeaseTimes(lease));
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton<HolderDirectory>().AddSingleton<LenderRecords>().AddSingleton<ILenderCalls, LenderCalls>();
        silo.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Lender>(
            provider, provider.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString(), (Func<Guid>)Guid.NewGuid));
        silo.Services.AddSingleton<ILenderRecords>(provider => provider.GetRequiredService<LenderRecords>());
        silo.Services.AddHostedService<LenderRounds>();
        silo.Services.AddSingleton<LenderSettlement>();
        silo.Services.AddHostedService(provider => provider.GetRequiredService<LenderSettlement>());
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, LenderRetirement>();
        silo.AddPlacementDirector<NamedSiloPlacement, NamedSiloDirector>();
    }

    /// <summary>For a process that only calls grains.</summary>
    public static void UseCluster(this IClientBuilder client, NodeOptions cluster)
    {
        client.Configure<ClusterOptions>(ids => (ids.ClusterId, ids.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        client.UseStorage(cluster);
        client.UseNodeTls(cluster.Tls);
        client.UseGrains(cluster.Lease);
    }

    /// <summary>What such a process needs wherever the cluster is.</summary>
    public static void UseGrains(this IClientBuilder client, TimeSpan lease)
    {
        client.AddOutgoingGrainCallFilter<OutOfReachFilter>();
        client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout(lease));
        client.Services.AddWire();
    }
}
