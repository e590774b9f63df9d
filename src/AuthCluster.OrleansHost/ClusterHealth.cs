using AuthCluster.OrleansHost.Grains;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AuthCluster.OrleansHost;

/// <summary>Ready only while grains answer and reach the store.</summary>
internal sealed class ClusterHealth(IGrainFactory grains, TimeProvider time) : IHealthCheck
{
    /// <summary>Probes give up after a second, mostly.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(900);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await grains.GetGrain<INodeGrain>(0).CheckAsync().WaitAsync(Patience, time, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception unavailable) when (unavailable is StateUnavailableException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy(exception: unavailable);
        }
    }
}
