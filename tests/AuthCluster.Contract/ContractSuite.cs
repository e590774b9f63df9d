using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>
/// What every host must do, seen over HTTP only. A host derives each suite, with its own <see cref="SharedServers"/> as the class fixture;
/// tests with the same settings share a server, so each uses accounts of its own.
/// </summary>
public abstract class ContractSuite(SharedServers servers) : IAsyncLifetime
{
    public const string AdministratorEmail = "root@example.com";
    public const string AdministratorPassword = "lantern orchard kettle 77";

    private static readonly string[] SettingsOfEveryTest =
    [
        "Passwords:Cost=Lowest",
        "RateLimits:PerAddress=0",
        $"Bootstrap:AdminEmail={AdministratorEmail}",
        $"Bootstrap:AdminPassword={AdministratorPassword}",
    ];

    private readonly List<HttpClient> _clients = [];
    private readonly List<IRunningServer> _ownServers = [];

    /// <summary>Names of the suites that the tests of a host forgot to derive: their facts would be lost silently.</summary>
    public static IReadOnlyList<string> SuitesMissingFrom(Assembly hostTests) =>
    [
        .. typeof(ContractSuite).Assembly.GetTypes()
            .Where(type => type.IsAbstract && type.IsSubclassOf(typeof(ContractSuite)))
            .Where(suite => !hostTests.GetTypes().Any(type => !type.IsAbstract && type.IsPublic && type.IsSubclassOf(suite)))
            .Select(suite => suite.Name),
    ];

    /// <summary>A setting of a test on the command line: one of ours, or of the framework's.</summary>
    public static string Argument(string key, string value) =>
        key == "environment" || key.StartsWith("Logging:", StringComparison.Ordinal) ? $"--{key}={value}" : $"--AuthCluster:{key}={value}";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        foreach (var server in _ownServers)
            await server.DisposeAsync();
    }

    /// <summary>A client of the server that all tests of this suite share which ask for these settings.</summary>
    /// <param name="settings">As <c>Section:Key=value</c>.</param>
    protected Task<ApiClient> ConnectAsync(params string[] settings) => ConnectFromAsync(IPAddress.Loopback, settings);

    /// <summary>The same from another address of this machine.</summary>
    protected async Task<ApiClient> ConnectFromAsync(IPAddress localAddress, params string[] settings)
    {
        var server = await servers.GetAsync(Merge(settings));
        return ClientOf(server, localAddress);
    }

    /// <summary>For tests that change what other tests rely on: administrators, keys.</summary>
    protected async Task<ApiClient> ConnectToOwnServerAsync(params string[] settings)
    {
        var server = await servers.StartOwnAsync(Merge(settings));
        _ownServers.Add(server);
        return ClientOf(server, IPAddress.Loopback);
    }

    private static Dictionary<string, string> Merge(string[] settings)
    {
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in SettingsOfEveryTest.Concat(settings))
        {
            var separator = setting.IndexOf('=', StringComparison.Ordinal);
            merged[setting[..separator]] = setting[(separator + 1)..];
        }

        return merged;
    }

    private ApiClient ClientOf(IRunningServer server, IPAddress localAddress)
    {
        var client = new HttpClient(HandlerFrom(localAddress), disposeHandler: true) { BaseAddress = server.BaseAddress };
        _clients.Add(client);
        return new ApiClient(client);
    }

    private static SocketsHttpHandler HandlerFrom(IPAddress localAddress) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Bind(new IPEndPoint(localAddress, 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };
}
