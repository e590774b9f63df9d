using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Proxies;

/// <summary>
/// The method of the request that a proxy asks about, in the headers that proxies name it by. <see cref="UntrustedForwardingMiddleware"/>
/// has taken them off a request whose peer is not trusted.
/// </summary>
internal static class ForwardedMethod
{
    public const string Forwarded = "X-Forwarded-Method";
    public const string Original = "X-Original-Method";

    /// <summary>The method in front of the proxy; the request's own if none is named.</summary>
    public static string Of(HttpRequest request)
    {
        var headers = request.Headers;
        var named = headers[Forwarded] is [{ Length: > 0 } forwarded] ? forwarded : headers[Original] is [{ Length: > 0 } original] ? original : null;
        return named ?? request.Method;
    }
}
