using AuthCluster.Contract;
using AuthCluster.OrleansHost.Leases;
using AuthCluster.OrleansHost.Tests.Cluster;
using Xunit;

namespace AuthCluster.OrleansHost.Tests;

/// <summary>Silos that die, and silos that are replaced one after the other, under front doors that go on.</summary>
public sealed class SiloLossTests : IAsyncLifetime
{
    private const int Sessions = 12;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<FrontDoorServer> _frontDoors = [];
    private readonly List<HttpClient> _clients = [];
    private TestSilos _silos = null!;
    private ApiClient[] _apis = [];

    public async Task InitializeAsync()
    {
        _silos = await TestSilos.StartAsync();
        var settings = new Dictionary<string, string>
        {
            ["Passwords:Cost"] = "Lowest",
            ["RateLimits:PerAddress"] = "0",
            ["Services:0:Id"] = FeedReader.Id,
            ["Services:0:Secret"] = FeedReader.Secret,
        };
        for (var node = 0; node < TestSilos.Count; node++)
            _frontDoors.Add(await FrontDoorServer.StartAsync(_silos, settings));
        _apis = [.. _frontDoors.Select(Open)];
    }

    public async Task DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        foreach (var frontDoor in _frontDoors)
            await frontDoor.DisposeAsync();
        await _silos.DisposeAsync();
    }

    [Fact]
    public async Task What_a_dead_silo_granted_is_over_before_a_revocation_is_acknowledged()
    {
        var sessions = await SignUpAsync();
        foreach (var session in sessions)
            await ExpectAsync(session, 200);

        await _silos.Cluster.KillSiloAsync(_silos.Cluster.SecondarySilos[0]);

        // Accounts of the dead silo among them: their log-out is acknowledged only after its leases ended.
        await Task.WhenAll(sessions.Select(async (session, index) =>
        {
            await UntilAnsweredAsync(() => _apis[index % _apis.Length].PostAsync("/api/user/logout/all", token: session.Access));
            await ExpectAsync(session, 401);
        }));
    }

    [Fact]
    public async Task The_leases_of_a_silo_that_died_are_ended_before_anybody_asks_for_its_accounts()
    {
        var dead = _silos.Cluster.SecondarySilos[0];
        var lender = dead.SiloAddress.ToParsableString() + "~";
        await SignUpAsync();
        Assert.Contains(Lenders(), other => other.StartsWith(lender, StringComparison.Ordinal));

        await _silos.Cluster.KillSiloAsync(dead);

        using var patience = new CancellationTokenSource(Patience);
        while (Lenders().Any(other => other.StartsWith(lender, StringComparison.Ordinal)))
            await Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token);

        string[] Lenders() => _silos.Read<LendersRecord>("lenders", GrainId.Create("lenders", "all")).Lenders;
    }

    [Fact]
    public async Task A_silo_that_dies_takes_no_revocation_with_it_and_the_feed_is_complete_again()
    {
        var sessions = await SignUpAsync();
        await using var feed = await FeedReader.OpenAsync(_apis[0]);
        var place = (await feed.NextAsync()).Id;
        await Task.WhenAll(sessions[..6].Select(session => _apis[1].PostAsync("/api/user/logout", token: session.Access)));

        await _silos.Cluster.KillSiloAsync(_silos.Cluster.SecondarySilos[0]);
        await Task.WhenAll(sessions[6..].Select(session => UntilAnsweredAsync(() => _apis[2].PostAsync("/api/user/logout", token: session.Access))));

        var told = await feed.ReadToNowAsync();
        await using var late = await FeedReader.OpenAsync(_frontDoors[1].BaseAddress, place);
        var expected = sessions.Select(session => session.DeviceId).ToHashSet();
        Assert.Equal(expected, told.Select(item => item.Text("sid")!).ToHashSet());
        Assert.Equal(expected, (await late.ReadToNowAsync()).Select(item => item.Text("sid")!).ToHashSet());
    }

    [Fact]
    public async Task A_stream_goes_on_while_silos_are_replaced_one_after_the_other()
    {
        await using var feed = await FeedReader.OpenAsync(_apis[0]);
        var expected = new HashSet<string>();
        foreach (var silo in _silos.Cluster.SecondarySilos.ToList())
        {
            await LogOutAsync();
            await _silos.Cluster.StopSiloAsync(silo);
            await LogOutAsync();
            await _silos.Cluster.StartAdditionalSiloAsync();
            await _silos.Cluster.WaitForLivenessToStabilizeAsync();
        }

        await LogOutAsync();
        Assert.Equal(expected, (await feed.ReadToNowAsync()).Select(item => item.Text("sid")!).ToHashSet());

        async Task LogOutAsync()
        {
            foreach (var api in _apis)
            {
                var session = Session.Of(new User("", "", ""), await UntilAnsweredAsync(() => LogInAsync(api)));
                expected.Add(session.DeviceId);
                await UntilAnsweredAsync(() => api.PostAsync("/api/user/logout", token: session.Access));
            }
        }

        static async Task<Answer> LogInAsync(ApiClient api)
        {
            var email = ApiClient.NewEmail();
            await api.PostAsync("/api/user/create", new { email, password = "walnut ladder 4711 c" });
            var login = await api.TryLoginAsync(email, "walnut ladder 4711 c");
            // An account that could not be made is tried with another address.
            return login.Status == 401 ? await LogInAsync(api) : login;
        }
    }

    [Fact]
    public async Task Silos_that_are_replaced_one_after_the_other_lose_no_session_and_refuse_none()
    {
        var sessions = await SignUpAsync();
        using var stop = new CancellationTokenSource();
        var clients = sessions.Select((session, index) => ValidateAsync(_apis[index % _apis.Length], session, stop.Token)).ToList();

        foreach (var silo in _silos.Cluster.SecondarySilos.ToList())
        {
            await _silos.Cluster.StopSiloAsync(silo);
            await _silos.Cluster.StartAdditionalSiloAsync();
            await _silos.Cluster.WaitForLivenessToStabilizeAsync();
        }

        await stop.CancelAsync();
        var answers = (await Task.WhenAll(clients)).SelectMany(statuses => statuses).ToList();
        // Unavailable for a moment is allowed; a false "no" is not.
        Assert.All(answers.Distinct(), status => Assert.Contains(status, new[] { 200, 503 }));
        Assert.NotEqual(0, answers.Count(status => status == 200));
        foreach (var session in sessions)
            await ExpectAsync(session, 200);
    }

    private static async Task<List<int>> ValidateAsync(ApiClient api, Session session, CancellationToken stop)
    {
        var statuses = new List<int>();
        while (!stop.IsCancellationRequested)
            statuses.Add((await api.GetAsync("/api/forward-auth", session.Access)).Status);
        return statuses;
    }

    private ApiClient Open(FrontDoorServer frontDoor)
    {
        var client = new HttpClient { BaseAddress = frontDoor.BaseAddress };
        _clients.Add(client);
        return new ApiClient(client);
    }

    private async Task<Session[]> SignUpAsync() =>
        await Task.WhenAll(Enumerable.Range(0, Sessions).Select(user => _apis[user % _apis.Length].SignUpAsync()));

    private async Task ExpectAsync(Session session, int status)
    {
        foreach (var api in _apis)
            Assert.Equal(status, (await UntilAnsweredAsync(() => api.GetAsync("/api/forward-auth", session.Access))).Status);
    }

    /// <summary>Asks again where the answer was that nobody knows, as clients do.</summary>
    private static async Task<Answer> UntilAnsweredAsync(Func<Task<Answer>> ask)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await ask();
            if (answer.Status != 503)
                return answer;
            await Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token);
        }
    }
}
