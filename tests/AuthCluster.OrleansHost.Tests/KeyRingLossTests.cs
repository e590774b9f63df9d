using AuthCluster.Contract;
using AuthCluster.OrleansHost.Grains;
using AuthCluster.OrleansHost.Tests.Cluster;
using Orleans.Runtime.Placement;
using Xunit;
using Xunit.Abstractions;

namespace AuthCluster.OrleansHost.Tests;

/// <summary>The silo with the grain of the key ring dies. Accounts of the other silos do not notice.</summary>
public sealed class KeyRingLossTests(ITestOutputHelper log) : IAsyncLifetime
{
    private const int Sessions = 24;

    private readonly List<HttpClient> _clients = [];
    private TestSilos _silos = null!;
    private FrontDoorServer _frontDoor = null!;
    private ApiClient _api = null!;

    public async Task InitializeAsync()
    {
        _silos = await TestSilos.StartAsync();
        await PlaceKeyRingAsync();
        // Through the first silo, which keeps the list of members in these tests and lives.
        _frontDoor = await FrontDoorServer.StartAsync(
            _silos, new Dictionary<string, string> { ["Passwords:Cost"] = "Lowest", ["RateLimits:PerAddress"] = "0" });
        _clients.Add(new HttpClient { BaseAddress = _frontDoor.BaseAddress });
        _api = new ApiClient(_clients[0]);
    }

    public async Task DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await _frontDoor.DisposeAsync();
        await _silos.DisposeAsync();
    }

    [Fact]
    public async Task Accounts_of_the_other_silos_are_answered_without_a_break()
    {
        var sessions = new List<Session>();
        while (sessions.Count < Sessions)
            sessions.Add(await _api.SignUpAsync());
        var doomed = _silos.Cluster.SecondarySilos[0];
        Assert.Equal(doomed.SiloAddress, await AddressOfAsync(_silos.Cluster.Client.GetGrain<IKeyRingGrain>(0)));
        var survivors = await OnOtherSilosAsync(sessions, doomed.SiloAddress);
        Assert.NotEmpty(survivors);
        foreach (var session in survivors)
            (await _api.GetAsync("/api/forward-auth", session.Access)).AssertStatus(200);

        await _silos.Cluster.KillSiloAsync(doomed);

        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        var answers = (await Task.WhenAll(survivors.Select(session => ValidateAsync(session, stop.Token)))).SelectMany(answers => answers).ToList();
        log.WriteLine($"{survivors.Count} accounts, {answers.Count} answers, the slowest after {answers.Max(answer => answer.Time.TotalMilliseconds):F0} ms");
        Assert.All(answers.Select(answer => answer.Status).Distinct(), status => Assert.Equal(200, status));
    }

    /// <summary>On the second silo: without the first one the cluster of these tests has no list of members.</summary>
    private async Task PlaceKeyRingAsync()
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, _silos.Cluster.SecondarySilos[0].SiloAddress);
        await _silos.Cluster.Client.GetGrain<IKeyRingGrain>(0).SaveAsync([], expectedVersion: -1, []);
        RequestContext.Clear();
    }

    private async Task<List<Session>> OnOtherSilosAsync(IEnumerable<Session> sessions, SiloAddress doomed)
    {
        var others = new List<Session>();
        foreach (var session in sessions)
        {
            if (!doomed.Equals(await AddressOfAsync(_silos.Cluster.Client.GetGrain<IAccountGrain>(Guid.Parse(session.User.Id)))))
                others.Add(session);
        }

        return others;
    }

    private async Task<SiloAddress?> AddressOfAsync(IAddressable grain) =>
        await _silos.Cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);

    private async Task<List<(int Status, TimeSpan Time)>> ValidateAsync(Session session, CancellationToken stop)
    {
        var answers = new List<(int, TimeSpan)>();
        while (!stop.IsCancellationRequested)
        {
            var asked = TimeProvider.System.GetTimestamp();
            var answer = await _api.GetAsync("/api/forward-auth", session.Access);
            answers.Add((answer.Status, TimeProvider.System.GetElapsedTime(asked)));
            await Task.Delay(20, CancellationToken.None);
        }

        return answers;
    }
}
