using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthCluster.Contract;
using AuthCluster.Histories.Checking;
using AuthCluster.Histories.Load;
using AuthCluster.Histories.Recording;
using AuthCluster.OrleansHost.Settings;
using AuthCluster.OrleansHost.Tls;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AuthCluster.OrleansHost.Tests;

/// <summary>Nodes that talk over TLS, and strangers that reach their ports.</summary>
public sealed class NodeTlsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly LoadOptions Expected = new();

    private readonly TemporaryDirectory _directory = new();
    private readonly int[] _ports = NodeProcess.FreePorts(6);

    private readonly string[] _common =
    [
        $"Keys:Master={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}",
        "Passwords:Cost=Lowest",
        "RateLimits:PerAddress=0",
        "Login:AttemptsPerAccount=1000000",
        $"Devices:Limit={Expected.DeviceLimit}",
        $"Tokens:RefreshGrace={Expected.RefreshGrace:c}",
        $"Bootstrap:AdminEmail={Expected.AdministratorEmail}",
        $"Bootstrap:AdminPassword={Expected.AdministratorPassword}",
    ];

    private string Ours => Path.Combine(_directory.Path, "ours");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Three_nodes_hold_the_promise_over_TLS()
    {
        Issue(Ours, "first", "second", "third");
        await using var first = await StartAsync(0, Files(Ours, "first"));
        await using var second = await StartAsync(1, Files(Ours, "second"));
        await using var third = await StartAsync(2, Files(Ours, "third"));
        var options = new LoadOptions
        {
            Urls = [first.BaseAddress, second.BaseAddress, third.BaseAddress],
            Clients = 8,
            Validations = 2_000,
            Revocations = 60,
            HistoryPath = Path.Combine(_directory.Path, "history.txt"),
        };

        var figures = await LoadRun.RunAsync(options);

        Assert.True(figures.Validations >= options.Validations, figures.ToString());
        Assert.All(Checker.Check(History.Read(options.HistoryPath)), rule => Assert.True(rule.Violations == 0, $"{rule}: {string.Join("; ", rule.Examples)}"));
    }

    [Fact]
    public async Task Who_has_no_valid_certificate_of_the_authority_can_neither_join_nor_call()
    {
        var lastYear = new CertificateAuthority(Ours, new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(-400)));
        lastYear.Ensure();
        lastYear.Issue("outdated", days: 365);
        Issue(Ours, "node");
        var foreign = Path.Combine(_directory.Path, "foreign");
        Issue(foreign, "node");
        await using var node = await StartAsync(0, Files(Ours, "node"));

        foreach (var port in new[] { _ports[0], _ports[3] })
        {
            await AssertRefusedAsync(port, certificate: null);
            await AssertRefusedAsync(port, Load(foreign, "node"));
            await AssertRefusedAsync(port, Load(Ours, "outdated"));
            await AssertPlainIsRefusedAsync(port);
        }
    }

    [Fact]
    public async Task A_renewed_certificate_is_taken_without_a_restart()
    {
        var successor = Path.Combine(_directory.Path, "successor");
        Issue(Ours, "node");
        Issue(successor, "node");
        await using var node = await StartAsync(0, Files(Ours, "node"));
        foreach (var file in Directory.GetFiles(successor))
            File.Copy(file, Path.Combine(Ours, Path.GetFileName(file)), overwrite: true);

        // Who knows the new authority alone takes part: both sides have read the new files.
        await using var frontDoor = await NodeProcess.StartAsync(
            [.. _common, "Cluster:Role=FrontDoor", $"Cluster:GatewayPort={_ports[3]}", .. Files(successor, "node")]);

        using var viaFrontDoor = new HttpClient { BaseAddress = frontDoor.BaseAddress };
        using var direct = new HttpClient { BaseAddress = node.BaseAddress };
        var session = await new ApiClient(viaFrontDoor).SignUpAsync();
        await new ApiClient(direct).AssertLivesAsync(session);
    }

    [Theory]
    [InlineData("node.pem")]
    [InlineData("authority.pem")]
    public async Task A_file_that_is_missing_stops_the_start(string missing)
    {
        Issue(Ours, "node");
        File.Delete(Path.Combine(Ours, missing));

        var (exitCode, said) = await NodeProcess.RunToEndAsync(NodeProcess.AnyPort, [.. _common, .. Files(Ours, "node")]);

        Assert.Equal(1, exitCode);
        Assert.Contains("AuthCluster:Cluster:Tls: the certificates cannot be read", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_is_not_of_the_authority_stops_the_start()
    {
        var foreign = Path.Combine(_directory.Path, "foreign");
        Issue(Ours, "node");
        Issue(foreign, "node");
        var mixed = new NodeTlsOptions
        {
            Certificate = Path.Combine(Ours, "node.pem"),
            Key = Path.Combine(Ours, "node.key"),
            Authority = Path.Combine(foreign, "authority.pem"),
        };

        Assert.Throws<BadConfigurationException>(() => NodeCertificates.Read(mixed, TimeProvider.System));
    }

    [Fact]
    public void While_a_renewal_is_half_done_the_old_certificate_goes_on()
    {
        Issue(Ours, "node");
        var time = new FakeTimeProvider();
        var files = new NodeTlsOptions
        {
            Certificate = Path.Combine(Ours, "node.pem"),
            Key = Path.Combine(Ours, "node.key"),
            Authority = Path.Combine(Ours, "authority.pem"),
        };
        var certificates = NodeCertificates.Read(files, time);
        var old = certificates.Own.SerialNumber;
        var oldKey = File.ReadAllText(files.Key);
        Issue(Ours, "node");
        var newKey = File.ReadAllText(files.Key);

        File.WriteAllText(files.Key, oldKey);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(old, certificates.Own.SerialNumber);

        File.WriteAllText(files.Key, newKey);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotEqual(old, certificates.Own.SerialNumber);
    }

    private static void Issue(string directory, params string[] names)
    {
        var authority = new CertificateAuthority(directory, TimeProvider.System);
        authority.Ensure();
        foreach (var name in names)
            authority.Issue(name, days: 30);
    }

    private static string[] Files(string directory, string name) =>
    [
        $"Cluster:Tls:Certificate={Path.Combine(directory, $"{name}.pem")}",
        $"Cluster:Tls:Key={Path.Combine(directory, $"{name}.key")}",
        $"Cluster:Tls:Authority={Path.Combine(directory, "authority.pem")}",
    ];

    private static X509Certificate2 Load(string directory, string name) =>
        X509Certificate2.CreateFromPemFile(Path.Combine(directory, $"{name}.pem"), Path.Combine(directory, $"{name}.key"));

    private Task<NodeProcess> StartAsync(int number, string[] files)
    {
        string[] primary = number == 0 ? [] : [$"Cluster:Primary=127.0.0.1:{_ports[0]}"];
        return NodeProcess.StartAsync(
            [.. _common, $"Cluster:SiloPort={_ports[number]}", $"Cluster:GatewayPort={_ports[3 + number]}", .. primary, .. files]);
    }

    /// <summary>By TLS 1.3 a client hears only after its handshake that the other side has refused it.</summary>
    private static async Task AssertRefusedAsync(int port, X509Certificate2? certificate)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using var stream = new SslStream(client.GetStream());
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "authcluster",
            ClientCertificates = certificate is null ? [] : [certificate],
            // Whoever the node is, it is to refuse.
            RemoteCertificateValidationCallback = (_, node, _, _) => node is not null,
        };
        try
        {
            await stream.AuthenticateAsClientAsync(options);
            Assert.Equal(0, await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(Patience));
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            // As it should be.
        }
    }

    private static async Task AssertPlainIsRefusedAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await client.GetStream().WriteAsync(new byte[64]);
        try
        {
            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(Patience));
        }
        catch (IOException)
        {
            // As it should be.
        }
    }
}
