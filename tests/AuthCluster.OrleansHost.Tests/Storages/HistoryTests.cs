using System.Security.Cryptography;
using AuthCluster.Contract;
using AuthCluster.Histories.Checking;
using AuthCluster.Histories.Load;
using AuthCluster.Histories.Recording;
using Xunit;
using Xunit.Abstractions;

namespace AuthCluster.OrleansHost.Tests.Storages;

/// <summary>
/// The promise on three nodes while one after the other is killed and comes back: what clients saw is recorded and checked.
/// docs/reliability.md has the figures of the long runs.
/// </summary>
public sealed class HistoryTests(ITestOutputHelper log)
{
    private const int Validations = 10_000;
    private const int Revocations = 300;

    // Counted in validations: a fast machine does all of them in ten seconds.
    private const int ValidationsBetweenKills = 2_500;

    [Fact]
    [Trait("Storage", "AzureStorage")]
    public async Task No_revocation_is_taken_back_on_Azurite() =>
        await AssertNoViolationAsync("Cluster:Storage=AzureStorage", $"Cluster:ConnectionString={await AzuriteServer.SharedAsync()}");

    [Fact]
    [Trait("Storage", "PostgreSql")]
    public async Task No_revocation_is_taken_back_on_PostgreSql()
    {
        var server = await PostgreSqlServer.SharedAsync();
        await AssertNoViolationAsync("Cluster:Storage=PostgreSql", $"Cluster:ConnectionString={await server.CreateDatabaseAsync()}");
    }

    private async Task AssertNoViolationAsync(params string[] storage)
    {
        using var directory = new TemporaryDirectory();
        await using var nodes = await Nodes.StartAsync(storage);
        var options = new LoadOptions
        {
            Urls = nodes.Urls,
            Clients = 16,
            Validations = Validations,
            Revocations = Revocations,
            HistoryPath = Path.Combine(directory.Path, "history.txt"),
            KillEvery = ValidationsBetweenKills,
            KillNode = nodes.KillNextAsync,
        };

        var figures = await LoadRun.RunAsync(options);

        log.WriteLine(figures.ToString());
        Assert.True(figures.Validations >= Validations, figures.ToString());
        Assert.True(figures.Restarts > 0, figures.ToString());
        Assert.All(Checker.Check(History.Read(options.HistoryPath)), rule => Assert.True(rule.Violations == 0, $"{rule}: {string.Join("; ", rule.Examples)}"));
    }

    /// <summary>Three nodes with addresses that stay.</summary>
    private sealed class Nodes : IAsyncDisposable
    {
        private static readonly LoadOptions Expected = new();

        private readonly NodeProcess[] _nodes = new NodeProcess[3];
        private readonly int[] _ports = NodeProcess.FreePorts(9);
        private readonly string[] _settings;
        private int _kills;

        private Nodes(string[] storage) => _settings =
        [
            .. storage,
            // Tests share one Azurite.
            $"Cluster:ClusterId=histories-{Guid.NewGuid():N}",
            $"Cluster:ServiceId=h{Guid.NewGuid():N}",
            $"Keys:Master={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}",
            "Cluster:AdvertisedAddress=127.0.0.1",
            "Passwords:Cost=Lowest",
            "RateLimits:PerAddress=0",
            "Login:AttemptsPerAccount=1000000",
            $"Devices:Limit={Expected.DeviceLimit}",
            $"Tokens:RefreshGrace={Expected.RefreshGrace:c}",
            $"Bootstrap:AdminEmail={Expected.AdministratorEmail}",
            $"Bootstrap:AdminPassword={Expected.AdministratorPassword}",
        ];

        public IReadOnlyList<Uri> Urls => [.. Enumerable.Range(0, 3).Select(UrlOf)];

        public static async Task<Nodes> StartAsync(string[] storage)
        {
            var nodes = new Nodes(storage);
            for (var number = 0; number < 3; number++)
                await nodes.StartAsync(number);
            return nodes;
        }

        public async Task KillNextAsync()
        {
            var number = _kills++ % 3;
            var killed = _nodes[number];
            killed.Kill();
            await StartAsync(number);
            await killed.DisposeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var node in _nodes)
                await (node?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        private async Task StartAsync(int number) => _nodes[number] = await NodeProcess.StartAsync(
            UrlOf(number), [.. _settings, $"Cluster:SiloPort={_ports[3 + number]}", $"Cluster:GatewayPort={_ports[6 + number]}"]);

        private Uri UrlOf(int number) => new($"http://127.0.0.1:{_ports[number]}");
    }
}
