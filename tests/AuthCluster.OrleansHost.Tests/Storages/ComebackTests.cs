using System.Security.Cryptography;
using AuthCluster.Contract;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Storages;

/// <summary>A cluster all of whose nodes were killed, and that comes back at other addresses. docs/reliability.md has the times.</summary>
public sealed class ComebackTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string[] _ids =
    [
        $"Cluster:ClusterId=comeback-{Guid.NewGuid():N}",
        $"Cluster:ServiceId=c{Guid.NewGuid():N}",
        $"Keys:Master={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}",
        "Cluster:AdvertisedAddress=127.0.0.1",
        "Passwords:Cost=Lowest",
        "RateLimits:PerAddress=0",
    ];

    [Fact]
    [Trait("Storage", "AzureStorage")]
    public async Task A_cluster_that_comes_back_at_other_addresses_serves_the_accounts_of_its_dead_nodes_on_Azurite() =>
        await AssertServesAgainAsync("Cluster:Storage=AzureStorage", $"Cluster:ConnectionString={await AzuriteServer.SharedAsync()}");

    [Fact]
    [Trait("Storage", "PostgreSql")]
    public async Task A_cluster_that_comes_back_at_other_addresses_serves_the_accounts_of_its_dead_nodes_on_PostgreSql()
    {
        var server = await PostgreSqlServer.SharedAsync();
        await AssertServesAgainAsync("Cluster:Storage=PostgreSql", $"Cluster:ConnectionString={await server.CreateDatabaseAsync()}");
    }

    private async Task AssertServesAgainAsync(params string[] storage)
    {
        var before = await StartAsync(storage);
        var sessions = new List<Session>();
        for (var user = 0; user < 12; user++)
            sessions.Add(await WithApiAsync(before[user % before.Length], api => api.SignUpAsync()));
        foreach (var node in before)
            await node.DisposeAsync();

        var after = await StartAsync(storage);
        foreach (var node in after)
            await ReadyAsync(node);
        for (var user = 0; user < sessions.Count; user++)
        {
            var answer = await WithApiAsync(after[user % after.Length], api => UntilAnsweredAsync(api, "/api/forward-auth", sessions[user].Access));
            answer.AssertStatus(200);
        }

        foreach (var node in after)
            await node.DisposeAsync();
    }

    private async Task<NodeProcess[]> StartAsync(string[] storage)
    {
        var ports = NodeProcess.FreePorts(6);
        return await Task.WhenAll(Enumerable.Range(0, 3).Select(number => NodeProcess.StartAsync(
            [.. storage, .. _ids, $"Cluster:SiloPort={ports[number]}", $"Cluster:GatewayPort={ports[3 + number]}"])));
    }

    private static async Task ReadyAsync(NodeProcess node) => (await WithApiAsync(node, api => UntilAnsweredAsync(api, "/health/ready"))).AssertStatus(200);

    /// <summary>Asks again where the answer was that nobody knows, as clients do.</summary>
    private static async Task<Answer> UntilAnsweredAsync(ApiClient api, string path, string? token = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await api.GetAsync(path, token);
            if (answer.Status != 503)
                return answer;
            await Task.Delay(TimeSpan.FromMilliseconds(100), patience.Token);
        }
    }

    private static async Task<T> WithApiAsync<T>(NodeProcess node, Func<ApiClient, Task<T>> ask)
    {
        using var client = new HttpClient { BaseAddress = node.BaseAddress };
        return await ask(new ApiClient(client));
    }
}
