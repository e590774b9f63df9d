using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AuthCluster.Http.Operations;

/// <summary>
/// Sends metrics and traces where the standard variables of OpenTelemetry say (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and its like). Without one of them
/// nothing listens, and nothing is sent.
/// </summary>
internal static class TelemetryExport
{
    private const string Orleans = "Microsoft.Orleans";

    private static readonly string[] Endpoints =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

    public static void AddTelemetryExport(this IServiceCollection services, IConfiguration configuration)
    {
        if (!Array.Exists(Endpoints, name => !string.IsNullOrEmpty(configuration[name])))
            return;
        var name = configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } given ? given : "authcluster";
        var version = typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(name, serviceVersion: version))
            .WithMetrics(metrics => metrics
                .AddMeter(Telemetry.Name, Orleans).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddOtlpExporter())
            .WithTracing(tracing => tracing
                .AddSource(Telemetry.Name).AddAspNetCoreInstrumentation(requests => requests.EnrichWithHttpResponse = NameRouteOnly).AddOtlpExporter());
    }

    /// <summary>A path has ids of accounts in it, and whatever a client put there; the route has neither.</summary>
    private static void NameRouteOnly(Activity activity, HttpResponse response)
    {
        var route = (response.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        activity.SetTag("url.path", route);
        activity.SetTag("url.query", null);
    }
}
