using AuthCluster.Http.Proxies;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Services;

/// <summary>
/// CORS preflights (Fetch standard, section 4.8) carry no credentials, so a single page app could never call a service behind the proxy.
/// With <c>?preflight=pass</c> they pass, and name nobody: the service answers them itself.
/// </summary>
internal static class Preflight
{
    public static bool MayPass(HttpRequest request) =>
        request.QueryString.HasValue
        && request.Query["preflight"] is ["pass"]
        && HttpMethods.IsOptions(ForwardedMethod.Of(request))
        && request.Headers.Origin is [{ Length: > 0 }]
        && request.Headers.AccessControlRequestMethod is [{ Length: > 0 }];
}
