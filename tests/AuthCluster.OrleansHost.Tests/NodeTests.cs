using System.Globalization;
using System.Security.Cryptography;
using AuthCluster.Contract;
using Xunit;

namespace AuthCluster.OrleansHost.Tests;

/// <summary>The program as it is started: settings, nodes that find each other, a front door without grains.</summary>
public sealed class NodeTests
{
    private static readonly string Key = $"Keys:Master={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    [Fact]
    public async Task Wrong_settings_stop_the_start_with_every_fault_listed()
    {
        var (exitCode, said) = await NodeProcess.RunToEndAsync(
            NodeProcess.AnyPort, "Cluster:Role=Boss", "Cluster:Storage=PostgreSql", "Cluster:SiloPort=70000", "Cluster:Lease=00:10:00", "Cluster:Primary=first",
            "Cluster:AdvertisedAddress=here", "Cluster:TableServiceUri=http://example.com", "Cluster:Leese=00:00:01");

        Assert.Equal(1, exitCode);
        string[] keys =
        [
            "Cluster:Role", "Cluster:ConnectionString", "Cluster:SiloPort", "Cluster:Lease", "Cluster:Primary", "Cluster:AdvertisedAddress",
            "Cluster:TableServiceUri", "Cluster:Leese", "Keys:Master",
        ];
        Assert.All(keys, key => Assert.Contains($"AuthCluster:{key}:", said, StringComparison.Ordinal));
        Assert.Contains("the nearest is AuthCluster:Cluster:Lease", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_stops_the_start_without_a_stack()
    {
        var ports = NodeProcess.FreePorts(2);
        await using var first = await NodeProcess.StartAsync(Key, $"Cluster:SiloPort={ports[0]}", $"Cluster:GatewayPort={ports[1]}");

        var (exitCode, said) = await NodeProcess.RunToEndAsync(
            first.BaseAddress, Key, "Cluster:Role=FrontDoor", $"Cluster:GatewayPort={ports[1]}");

        Assert.Equal(1, exitCode);
        Assert.Contains(first.BaseAddress.Port.ToString(CultureInfo.InvariantCulture), said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_node_answered_counts_on_the_others()
    {
        var ports = NodeProcess.FreePorts(6);
        await using var first = await NodeProcess.StartAsync(Key, $"Cluster:SiloPort={ports[0]}", $"Cluster:GatewayPort={ports[1]}");
        var primary = $"Cluster:Primary=127.0.0.1:{ports[0]}";
        await using var second = await NodeProcess.StartAsync(Key, primary, $"Cluster:SiloPort={ports[2]}", $"Cluster:GatewayPort={ports[3]}");
        await using var third = await NodeProcess.StartAsync(Key, primary, $"Cluster:SiloPort={ports[4]}", $"Cluster:GatewayPort={ports[5]}");
        await using var frontDoor = await NodeProcess.StartAsync(Key, "Cluster:Role=FrontDoor", $"Cluster:GatewayPort={ports[3]}");
        using var clients = new Clients();
        var apis = new[] { first, second, third, frontDoor }.Select(clients.Of).ToList();

        foreach (var node in apis)
        {
            (await node.GetAsync("/health/ready")).AssertStatus(200);
            var session = await node.SignUpAsync();
            foreach (var other in apis)
                await other.AssertLivesAsync(session);
            (await apis[0].PostAsync("/api/user/logout", token: session.Access)).AssertEmpty(204);
            foreach (var other in apis)
                await other.AssertIsOverAsync(session);
        }
    }

    [Fact]
    public async Task A_front_door_that_lost_its_cluster_is_not_ready_and_says_neither_yes_nor_no()
    {
        var ports = NodeProcess.FreePorts(2);
        await using var silo = await NodeProcess.StartAsync(Key, $"Cluster:SiloPort={ports[0]}", $"Cluster:GatewayPort={ports[1]}");
        await using var frontDoor = await NodeProcess.StartAsync(Key, "Cluster:Role=FrontDoor", $"Cluster:GatewayPort={ports[1]}");
        using var clients = new Clients();
        var api = clients.Of(frontDoor);
        var session = await api.SignUpAsync();

        silo.Kill();

        (await api.VerifyAsync(session.Access)).AssertProblem(503, "state_unavailable");
        (await api.GetAsync("/api/user/view", session.Access)).AssertProblem(503, "state_unavailable");
        (await api.TryLoginAsync(session.User.Email, session.User.Password)).AssertProblem(503, "state_unavailable");
        (await api.GetAsync("/health/ready")).AssertStatus(503);
        (await api.GetAsync("/health/live")).AssertStatus(200);
    }

    [Fact]
    public async Task An_administrator_is_made_and_keys_are_rotated_from_the_command_line_of_a_running_cluster()
    {
        var ports = NodeProcess.FreePorts(2);
        await using var silo = await NodeProcess.StartAsync(
            Key, "Cluster:Lease=00:00:01", $"Cluster:SiloPort={ports[0]}", $"Cluster:GatewayPort={ports[1]}");
        string[] settings = [Key, "Cluster:Lease=00:00:01", $"Cluster:GatewayPort={ports[1]}"];
        const string Email = "root@example.com";
        const string Password = "lantern orchard kettle 77";

        var (made, said) = await NodeProcess.CommandAsync(Password, ["admin", "create", "--email", Email], settings);
        Assert.True(made == 0, said);
        var (again, _) = await NodeProcess.CommandAsync(Password, ["admin", "create", "--email", Email], settings);
        Assert.Equal(1, again);

        using var clients = new Clients();
        var api = clients.Of(silo);
        var administrator = await api.LoginAsync(new User("", Email, Password));
        (await api.GetAsync("/api/admin/users", administrator.Access)).AssertStatus(200);
        var (rotated, told) = await NodeProcess.CommandAsync("", ["keys", "rotate", "--retire-old"], settings);
        Assert.True(rotated == 0, told);
        (await api.GetAsync("/api/admin/users", administrator.Access)).AssertProblem(401, "token_not_valid");
    }

    [Fact]
    public async Task Users_of_another_system_move_into_a_running_cluster_once()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "users.csv");
        await File.WriteAllTextAsync(
            file,
            """
            id,email,password
            1,ada@example.com,pbkdf2_sha256$100000$QnXcNeCrbv1z$i7W/FAxaptxOtqvm33KZ5SGL+fnZmicHkR6ekA3Q44k=
            2,ADA@example.com,pbkdf2_sha256$100000$QnXcNeCrbv1z$i7W/FAxaptxOtqvm33KZ5SGL+fnZmicHkR6ekA3Q44k=
            """);
        var ports = NodeProcess.FreePorts(2);
        await using var silo = await NodeProcess.StartAsync(Key, $"Cluster:SiloPort={ports[0]}", $"Cluster:GatewayPort={ports[1]}");
        string[] command = ["users", "import", "--from", file, "--format", "csv"];

        var (first, said) = await NodeProcess.CommandAsync("", command, Key, $"Cluster:GatewayPort={ports[1]}");
        var (again, saidAgain) = await NodeProcess.CommandAsync("", command, Key, $"Cluster:GatewayPort={ports[1]}");

        Assert.Equal((1, 1), (first, again));
        Assert.Contains("2 rows: 1 imported, 0 known, 1 refused", said, StringComparison.Ordinal);
        Assert.Contains("2 rows: 0 imported, 1 known, 1 refused", saidAgain, StringComparison.Ordinal);
        using var clients = new Clients();
        await clients.Of(silo).LoginAsync(new User("", "ada@example.com", "mysecret"));
    }

    private sealed class Clients : IDisposable
    {
        private readonly List<HttpClient> _clients = [];

        public ApiClient Of(NodeProcess server)
        {
            var client = new HttpClient { BaseAddress = server.BaseAddress };
            _clients.Add(client);
            return new ApiClient(client);
        }

        public void Dispose() => _clients.ForEach(client => client.Dispose());
    }
}
