using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace AuthCluster.Http.Hosting;

/// <summary>Addresses of the form <c>http://unix:/run/authcluster.sock</c>.</summary>
public static class UnixSockets
{
    private const string Prefix = "http://unix:";

    /// <summary>Removes the socket files that a killed server left, on which nobody listens: they would stop the start.</summary>
    public static void RemoveStale(IConfiguration configuration)
    {
        foreach (var path in PathsIn(configuration).Where(IsStale))
            File.Delete(path);
    }

    /// <summary>What is to be warned of: without a word of the proxy, all users are one client without an address.</summary>
    public static IEnumerable<string> Warnings(IConfiguration configuration, IReadOnlyList<string> trustedProxies) =>
        PathsIn(configuration).Any() && !trustedProxies.Contains(Settings.ProxyOptions.UnixSockets)
            ? ["AuthCluster:Proxies:Trusted: does not have \"unix\", but the server listens on a Unix socket: all users share one address limit."]
            : [];

    private static IEnumerable<string> PathsIn(IConfiguration configuration) =>
        (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(url => url.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Select(url => url[Prefix.Length..]);

    /// <summary>Sockets are empty files. One with content is somebody's, and stops the start.</summary>
    private static bool IsStale(string path) => File.Exists(path) && new FileInfo(path).Length == 0 && !IsListenedOn(path);

    private static bool IsListenedOn(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
