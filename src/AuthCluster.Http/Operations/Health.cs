using AuthCluster.Http.Answers;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AuthCluster.Http.Operations;

/// <summary><c>live</c>: the process answers. <c>ready</c>: the checks that its host registered pass as well.</summary>
internal static class Health
{
    public static HealthCheckOptions Live => new() { Predicate = _ => false, ResponseWriter = WriteAsync };

    public static HealthCheckOptions Ready => new() { ResponseWriter = WriteAsync };

    private static Task WriteAsync(HttpContext http, HealthReport report) =>
        http.Response.WriteAsJsonAsync(new HealthAnswer(report.Status.ToString().ToLowerInvariant()), AnswerJson.Default.HealthAnswer);
}
