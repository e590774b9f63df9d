using AuthCluster.Clients;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Bearer;

internal static class ClientOfRequest
{
    /// <summary>Who is calling. Forwarding headers of trusted proxies were applied to the connection before.</summary>
    public static ClientFacts Client(this HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        var userAgent = http.Request.Headers.UserAgent;
        return new ClientFacts(address, userAgent.Count == 0 ? null : userAgent[0]);
    }
}
