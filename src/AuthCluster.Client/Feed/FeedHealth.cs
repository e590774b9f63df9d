using AuthCluster.Client.Checks;
using AuthCluster.Client.Server;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AuthCluster.Client.Feed;

/// <summary>Whether tokens can be judged.</summary>
internal sealed class FeedHealth(KnownRevocations revocations, ServerCalls server, IOptionsMonitor<AuthClusterBearerOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var staleness = revocations.Staleness;
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["staleness"] = staleness?.TotalSeconds ?? -1 };
        if (staleness <= options.Get(AuthClusterBearerDefaults.AuthenticationScheme).MaxStaleness)
            return HealthCheckResult.Healthy(data: data);
        return await server.IntrospectAsync("health") is null
            ? HealthCheckResult.Unhealthy("The server cannot be asked about tokens.", data: data)
            : HealthCheckResult.Degraded("The server is asked about each token.", data: data);
    }
}
