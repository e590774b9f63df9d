using AuthCluster.Http.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AuthCluster.Http.Operations;

/// <summary><c>live</c>: the process answers. <c>ready</c>: the checks that its host registered pass as well.</summary>
internal static class Health
{
    private static readonly HealthAnswer Healthy = new("healthy");

    public static IResult Live() => TypedResults.Json(Healthy, AnswerJson.Default.HealthAnswer);

    public static async Task<IResult> ReadyAsync(HealthCheckService checks, CancellationToken cancellation)
    {
        var report = await checks.CheckHealthAsync(cancellation);
        return report.Status == HealthStatus.Healthy ? Live() : Problems.StateUnavailable;
    }
}
