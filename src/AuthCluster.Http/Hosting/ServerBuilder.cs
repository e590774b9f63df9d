using AuthCluster.Http.Logs;
using AuthCluster.Http.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AuthCluster.Http.Hosting;

/// <summary>
/// The framework's builder with the settings of both hosts: <c>appsettings.json</c> beside the program, then environment variables, then the
/// command line. They are read once.
/// </summary>
public static class ServerBuilder
{
    private const string DefaultUrl = "http://127.0.0.1:8000";

    /// <summary>A reload watches files, and a machine with no inotify instance left refuses that.</summary>
    private const string NoReload = "--hostBuilder:reloadConfigOnChange=false";

    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    /// <summary>Below the kill limits of systemd (90 s), Kubernetes (30 s) and Docker (10 s).</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(8);

    /// <exception cref="BadConfigurationException">A switch of the framework is on that this server must not obey.</exception>
    public static WebApplicationBuilder Create(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = [NoReload, .. settings], ContentRootPath = AppContext.BaseDirectory });
        // The framework would believe any client's X-Forwarded-For, in front of our own reading of it.
        if (string.Equals(builder.Configuration["ForwardedHeaders_Enabled"], "true", StringComparison.OrdinalIgnoreCase))
        {
            throw new BadConfigurationException(
                "ASPNETCORE_FORWARDEDHEADERS_ENABLED is not obeyed here: name the proxies in AuthCluster:Proxies:Trusted, and unset it.");
        }

        if (!NamesAddresses(builder.Configuration))
            builder.WebHost.UseUrls(DefaultUrl);
        builder.Logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        builder.Services.AddTelemetryExport(builder.Configuration);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit);
        return builder;
    }

    private static bool NamesAddresses(ConfigurationManager configuration) =>
        Array.Exists(AddressKeys, key => !string.IsNullOrEmpty(configuration[key]))
        || configuration.GetSection("Kestrel:Endpoints").Exists();
}
