using AuthCluster.Http.Commands;
using AuthCluster.Http.Hosting;
using AuthCluster.OrleansHost.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AuthCluster.OrleansHost;

/// <summary>A running cluster, as one of its clients, for commands.</summary>
internal static class ClusterClient
{
    public static async Task<OpenedState> OpenAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var cluster = new NodeOptions();
        var options = NodeSettings.Read(builder.Configuration, cluster).Options;
        builder.Services.AddFrontDoor(options, NodeSettings.ReadMasterKey(options.Keys));
        builder.Services.AddClusterPorts(cluster.Lease);
        // It is no node: it sends no mails, keeps no copies and does nothing by the hour.
        builder.Services.RemoveAll<IHostedService>();
        builder.UseOrleansClient(client => client.UseCluster(cluster));
        var host = builder.Build();
        await host.StartAsync();
        return new OpenedState(host.Services, async () =>
        {
            await host.StopAsync();
            host.Dispose();
        });
    }
}
