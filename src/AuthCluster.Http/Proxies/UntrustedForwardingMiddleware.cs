using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Http.Proxies;

/// <summary>
/// Takes forwarding headers off requests whose peer is not trusted, and says so once an hour: either somebody forges them, or the
/// operator forgot to name the proxy, and all users share one limit.
/// </summary>
internal sealed partial class UntrustedForwardingMiddleware(
    RequestDelegate next, TrustedProxies proxies, TimeProvider time, ILogger<UntrustedForwardingMiddleware> logger)
{
    /// <summary>What a proxy may say of the request in front of it: where it came from, and what its method was.</summary>
    private static readonly string[] Forwarding =
    [
        ForwardedHeadersDefaults.XForwardedForHeaderName, ForwardedHeadersDefaults.XForwardedProtoHeaderName,
        ForwardedMethod.Forwarded, ForwardedMethod.Original,
    ];

    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private long _warnedAt = DateTimeOffset.MinValue.UtcTicks;

    public Task InvokeAsync(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (Array.Exists(Forwarding, headers.ContainsKey) && !proxies.Include(http.Connection.RemoteIpAddress))
            Strip(headers, http.Connection.RemoteIpAddress);
        return next(http);
    }

    private void Strip(IHeaderDictionary headers, IPAddress? peer)
    {
        foreach (var name in Forwarding)
            headers.Remove(name);
        var now = time.GetUtcNow().UtcTicks;
        var warnedAt = Interlocked.Read(ref _warnedAt);
        if (now - warnedAt >= Quiet.Ticks && Interlocked.CompareExchange(ref _warnedAt, now, warnedAt) == warnedAt)
            LogUntrusted(peer);
    }

    // The header itself is not shown: its sender chose what is in it.
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Peer} sends forwarding headers, but is not in Proxies:Trusted: they count for nothing. This is said once an hour")]
    private partial void LogUntrusted(IPAddress? peer);
}
