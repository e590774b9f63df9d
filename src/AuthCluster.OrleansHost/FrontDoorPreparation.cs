using AuthCluster.Http.Hosting;

namespace AuthCluster.OrleansHost;

/// <summary>Prepares the front door once the node has joined the cluster, and before it listens: services start in the order of registration.</summary>
internal sealed class FrontDoorPreparation(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => services.PrepareFrontDoorAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
