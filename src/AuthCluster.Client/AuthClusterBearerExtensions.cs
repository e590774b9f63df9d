using AuthCluster.Client.Checks;
using AuthCluster.Client.Feed;
using AuthCluster.Client.Server;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AuthCluster.Client;

/// <summary>Adds the check of AuthCluster's access tokens to a service.</summary>
public static class AuthClusterBearerExtensions
{
    /// <summary>Accepts access tokens of AuthCluster under the scheme <see cref="AuthClusterBearerDefaults.AuthenticationScheme"/>.</summary>
    public static AuthenticationBuilder AddAuthCluster(this AuthenticationBuilder builder, Action<AuthClusterBearerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        const string scheme = AuthClusterBearerDefaults.AuthenticationScheme;
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<ClientMetrics>();
        services.TryAddSingleton<ServerCalls>();
        services.TryAddSingleton<SigningKeys>();
        services.TryAddSingleton<KnownRevocations>();
        services.TryAddSingleton<TokenVerifier>();
        services.TryAddSingleton<TokenJudge>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FeedListener>());
        services.AddOptions<AuthClusterBearerOptions>(scheme).ValidateOnStart();
        return builder.AddScheme<AuthClusterBearerOptions, AuthClusterBearerHandler>(scheme, configure);
    }

    /// <summary>Unhealthy while the server cannot be asked; degraded while it has to be asked about each token.</summary>
    public static IHealthChecksBuilder AddAuthCluster(this IHealthChecksBuilder builder, string name = "authcluster")
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<FeedHealth>(name);
    }
}
