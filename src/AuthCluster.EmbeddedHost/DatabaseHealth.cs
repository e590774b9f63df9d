using AuthCluster.EmbeddedHost.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AuthCluster.EmbeddedHost;

/// <summary>Ready only while the database answers, and takes what is written.</summary>
internal sealed class DatabaseHealth(Database database, IKeyRingStore keys) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (database.Writer.IsFailing)
            return HealthCheckResult.Unhealthy("The database cannot be written.");
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
