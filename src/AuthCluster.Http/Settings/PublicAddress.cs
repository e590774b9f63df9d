using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AuthCluster.Http.Settings;

/// <summary>Where users see this server: <c>PublicUrl</c>, or else the first address of the server's own settings; never what a client sent.</summary>
internal sealed class PublicAddress(AuthClusterOptions options, IServer server)
{
    /// <summary>Without a slash at its end.</summary>
    public string Url => (options.PublicUrl ?? FirstAddress).TrimEnd('/');

    /// <summary>Whom passkeys are for (WebAuthn's relying party id). No browser takes an IP address for one.</summary>
    public string RelyingParty => new Uri(Url) is { IsLoopback: true } ? "localhost" : new Uri(Url).Host;

    /// <summary>The only origin whose pages may use those passkeys.</summary>
    public string Origin
    {
        get
        {
            var url = new Uri(Url);
            return url.IsDefaultPort ? $"{url.Scheme}://{RelyingParty}" : $"{url.Scheme}://{RelyingParty}:{url.Port}";
        }
    }

    private string FirstAddress => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } listening
        ? listening.Replace("//[::]:", "//localhost:", StringComparison.Ordinal).Replace("//0.0.0.0:", "//localhost:", StringComparison.Ordinal)
        : "http://localhost";
}
