using AuthCluster.Http.Hosting;
using AuthCluster.Leases;

namespace AuthCluster.OrleansHost;

/// <summary>Prepares the front door once the node has joined the cluster, and before it listens: services start in the order of registration.</summary>
internal sealed class FrontDoorPreparation(IServiceProvider services, LeaseTimes times) : IHostedService
{
    /// <summary>A node that is started again after it died finds its accounts lent by the node that it was.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => services.PrepareFrontDoorAsync(patience: 2 * times.GiveUpTime);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
