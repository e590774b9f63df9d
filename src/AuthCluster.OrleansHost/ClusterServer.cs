using AuthCluster.Emails;
using AuthCluster.Http.Hosting;
using AuthCluster.Http.Settings;
using AuthCluster.OrleansHost.Settings;
using AuthCluster.OrleansHost.Storage;
using Orleans.Configuration;

namespace AuthCluster.OrleansHost;

/// <summary>One node of a cluster.</summary>
internal static class ClusterServer
{
    /// <summary>Runs until it is told to stop. The exit code is 0 then, and 1 where it could not start.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        WebApplication? app = null;
        try
        {
            CanonicalEmail.RequireNormalization();
            app = Build(args);
            await app.StartAsync();
        }
        catch (Exception fault)
        {
            // Whatever the framework, the cluster or its storage reports it with. Whoever starts a server wants to know what to mend, not
            // where in the program it was noticed.
            await Console.Error.WriteLineAsync(fault.Message);
            if (app is not null)
                await app.DisposeAsync();
            return 1;
        }

        await using (app)
            await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>A node that was not started yet.</summary>
    /// <exception cref="BadConfigurationException">Settings are wrong; the message lists all faults.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var cluster = new NodeOptions();
        var settings = NodeSettings.Read(builder.Configuration, cluster);
        // What stops the start is told in one line, by RunAsync; the framework would log it as well, with its stack.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.AddFrontDoor(settings.Options, NodeSettings.ReadMasterKey(settings.Options.Keys));
        builder.AddNode(cluster, settings.Options);
        builder.Services.AddClusterPorts(cluster.Lease);
        builder.Services.AddHostedService<FrontDoorPreparation>();
        var app = builder.Build();
        app.UseFrontDoor();
        app.Lifetime.ApplicationStarted.Register(() => Announcement.Print(app, cluster, settings.Warnings));
        return app;
    }

    private static void AddNode(this WebApplicationBuilder builder, NodeOptions cluster, AuthClusterOptions options)
    {
        if (cluster.Role == NodeRole.FrontDoor)
        {
            builder.UseOrleansClient(client => client.UseCluster(cluster));
            return;
        }

        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(ids => (ids.ClusterId, ids.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
            silo.UseStorage(cluster);
            silo.AddGrains(options, cluster.Lease);
        });
    }
}
