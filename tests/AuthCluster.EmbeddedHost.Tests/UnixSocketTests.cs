using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests;

/// <summary>The server behind a proxy on the same machine, on a Unix socket.</summary>
public sealed class UnixSocketTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("authcluster-socket-").FullName;

    private string SocketPath => Path.Combine(_directory, "server.sock");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("unix", "198.51.100.7")]
    [InlineData(null, null)]
    public async Task The_proxy_names_the_client_if_peers_on_sockets_are_trusted(string? trusted, string? seen)
    {
        await using var server = await StartAsync(trusted);
        using var client = Client();
        var account = new { email = "ada@example.com", password = "walnut ladder 8 kettle" };
        (await client.PostAsJsonAsync("/api/user/create", account)).EnsureSuccessStatusCode();

        var login = await client.PostAsJsonAsync("/api/user/login", account);

        client.DefaultRequestHeaders.Authorization = new("Bearer", (await login.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access").GetString());
        var devices = await client.GetFromJsonAsync<JsonElement>("/api/user/devices");
        Assert.Equal(seen, Assert.Single(devices.EnumerateArray()).GetProperty("ip").GetString());
        Assert.Equal(trusted is null, server.Said.Contains("AuthCluster:Proxies:Trusted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_socket_that_a_killed_server_left_does_not_stop_the_start()
    {
        await using var server = await StartAsync("unix");
        server.Kill();
        Assert.True(File.Exists(SocketPath));

        await server.RestartAsync();

        using var client = Client();
        (await client.GetAsync("/health/live")).EnsureSuccessStatusCode();
    }

    private Task<EmbeddedServerProcess> StartAsync(string? trusted)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Passwords:Cost"] = "Lowest" };
        if (trusted is not null)
            settings["Proxies:Trusted"] = trusted;
        return EmbeddedServerProcess.StartAsync(settings, urls: $"http://unix:{SocketPath}");
    }

    private HttpClient Client()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        var client = new HttpClient(handler) { BaseAddress = new Uri("http://localhost") };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
        return client;
    }
}
