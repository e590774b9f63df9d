using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AuthCluster.EmbeddedHost;

/// <summary>Ready only while the database answers.</summary>
internal sealed class DatabaseHealth(IKeyRingStore keys) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await keys.LoadAsync();
            return HealthCheckResult.Healthy();
        }
        catch (StateUnavailableException unavailable)
        {
            return HealthCheckResult.Unhealthy(exception: unavailable);
        }
    }
}
