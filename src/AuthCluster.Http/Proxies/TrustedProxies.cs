using System.Net;
using AuthCluster.Http.Settings;
using Microsoft.AspNetCore.Builder;
using IPNetwork = System.Net.IPNetwork;

namespace AuthCluster.Http.Proxies;

/// <summary>The peers that may say on whose behalf they call.</summary>
internal sealed class TrustedProxies
{
    private readonly List<IPAddress> _addresses = [];
    private readonly List<IPNetwork> _networks = [];
    private readonly bool _unixSockets;

    public TrustedProxies(ProxyOptions options)
    {
        foreach (var trusted in options.Trusted)
        {
            if (trusted == ProxyOptions.UnixSockets)
                _unixSockets = true;
            else if (IPAddress.TryParse(trusted, out var address))
                _addresses.Add(Plain(address));
            else
                _networks.Add(IPNetwork.Parse(trusted));
        }
    }

    public bool Any => _unixSockets || _addresses.Count + _networks.Count > 0;

    /// <summary>Read from the right, each entry on the word of the one behind it: the first that is not trusted is the client.</summary>
    public ForwardedHeadersOptions ForwardedHeaders
    {
        get
        {
            var options = new ForwardedHeadersOptions
            {
                ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedFor
                    | Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedProto,
                ForwardLimit = null,
            };
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            _addresses.ForEach(options.KnownProxies.Add);
            _networks.ForEach(options.KnownIPNetworks.Add);
            return options;
        }
    }

    /// <param name="peer"><c>null</c> for a peer on a Unix socket, which has no address.</param>
    public bool Include(IPAddress? peer)
    {
        if (peer is null)
            return _unixSockets;
        var plain = Plain(peer);
        return _addresses.Contains(plain) || _networks.Exists(network => network.Contains(plain));
    }

    /// <summary>A socket for both families shows IPv4 peers as IPv6 addresses.</summary>
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
