using AuthCluster.Http.Commands;
using AuthCluster.Http.Hosting;
using AuthCluster.Http.Settings;
using AuthCluster.OrleansHost.Settings;
using AuthCluster.OrleansHost.Storage;
using AuthCluster.OrleansHost.Tls;
using Orleans.Configuration;

namespace AuthCluster.OrleansHost;

/// <summary>One node of a cluster.</summary>
internal static class ClusterServer
{
    /// <summary>Runs until it is told to stop. The exit code is 0 then, and 1 where it could not start.</summary>
    public static Task<int> RunAsync(string[] settings) => StartUp.RunAsync(async () =>
    {
        await using var app = Build(settings);
        await app.StartAsync();
        await app.WaitForShutdownAsync();
        return 0;
    });

    /// <summary>A node that was not started yet.</summary>
    /// <exception cref="BadConfigurationException">Settings are wrong; the message lists all faults.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = ServerBuilder.Create(args);
        var cluster = new NodeOptions();
        var settings = NodeSettings.Read(builder.Configuration, cluster);
        // What stops the start is told in one line, by RunAsync; the framework would log it as well, with its stack.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // Before its first round is over, the watchdog of Orleans counts from the boot of the machine, and warns of a thread that has not run since.
        var isWatching = false;
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", _ => Volatile.Read(ref isWatching));
        builder.Services.AddFrontDoor(settings.Options, NodeSettings.ReadMasterKey(settings.Options.Keys));
        builder.AddNode(cluster, settings.Options);
        builder.Services.AddClusterPorts(cluster.Lease);
        builder.Services.AddHostedService<FrontDoorPreparation>();
        UnixSockets.RemoveStale(builder.Configuration);
        var app = builder.Build();
        app.UseFrontDoor();
        app.Lifetime.ApplicationStarted.Register(() => Volatile.Write(ref isWatching, value: true));
        string[] warnings =
        [
            .. settings.Warnings,
            .. UnixSockets.Warnings(app.Configuration, settings.Options.Proxies.Trusted),
            .. MasterKeyFile.Warnings(settings.Options.Keys.MasterFile),
            .. NodeTls.Warnings(cluster),
        ];
        app.Lifetime.ApplicationStarted.Register(() => Announcement.Print(app, warnings, Describe(cluster)));
        return app;
    }

    private static IEnumerable<string> Describe(NodeOptions cluster)
    {
        var role = cluster.Role == NodeRole.Silo ? $"a silo (ports {cluster.SiloPort} and {cluster.GatewayPort})" : "a front door without grains";
        yield return $"It is {role} of the cluster {cluster.ClusterId}, storage {cluster.Storage}";
        if (cluster.Storage == ClusterStorageKind.Localhost)
            yield return "Nothing is stored: accounts are gone when the nodes stop";
    }

    private static void AddNode(this WebApplicationBuilder builder, NodeOptions cluster, AuthClusterOptions options)
    {
        if (cluster.Role == NodeRole.FrontDoor)
        {
            builder.UseOrleansClient(client => client.UseCluster(cluster));
            return;
        }

        // Services start in the order of registration: before the silo reads its queries.
        if (cluster.Storage == ClusterStorageKind.PostgreSql)
            builder.Services.AddHostedService(_ => new PostgreSqlPreparation(cluster.ConnectionString!));
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(ids => (ids.ClusterId, ids.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
            silo.UseStorage(cluster);
            silo.UseNodeTls(cluster.Tls);
            silo.AddGrains(options, cluster.Lease);
        });
    }
}
