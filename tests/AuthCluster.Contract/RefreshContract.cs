using System.Text.Json;
using Xunit;

namespace AuthCluster.Contract;

public abstract class RefreshContract(SharedServers servers) : ContractSuite(servers)
{
    private static readonly string[] ShortGrace = ["Tokens:RefreshGrace=00:00:01"];

    [Fact]
    public async Task A_refresh_gives_the_next_pair_of_the_same_session()
    {
        var api = await ConnectAsync();
        var first = await api.SignUpAsync();

        var second = Session.Of(first.User, (await api.TryRefreshAsync(first.Refresh)).AssertIsTokenResponse());

        var (before, after) = (DecodedToken.Of(first.Refresh), DecodedToken.Of(second.Refresh));
        Assert.Equal(first.DeviceId, second.DeviceId);
        Assert.Equal(before.Payload.Text("sid"), after.Payload.Text("sid"));
        Assert.NotEqual(before.Id, after.Id);
        Assert.Equal(before.Rotation + 1, after.Rotation);
        Assert.Equal(after.Rotation, DecodedToken.Of(second.Access).Rotation);
        await api.AssertLivesAsync(second);
    }

    [Fact]
    public async Task A_refresh_leaves_the_old_access_token_alive()
    {
        var api = await ConnectAsync();
        var first = await api.SignUpAsync();

        await api.RefreshAsync(first);

        await api.AssertAccessIsGoodAsync(first.Access);
    }

    [Fact]
    public async Task A_token_rotated_within_the_grace_gets_the_newest_again()
    {
        var api = await ConnectAsync();
        var first = await api.SignUpAsync();
        var second = await api.RefreshAsync(first);
        var third = await api.RefreshAsync(second);

        foreach (var earlier in new[] { first, second })
        {
            var again = await api.RefreshAsync(earlier);
            Assert.Equal(DecodedToken.Of(third.Refresh).Id, DecodedToken.Of(again.Refresh).Id);
            Assert.Equal(DecodedToken.Of(third.Refresh).Expires, DecodedToken.Of(again.Refresh).Expires);
            await api.AssertAccessIsGoodAsync(again.Access);
        }

        await api.AssertLivesAsync(third);
    }

    [Fact]
    public async Task After_the_grace_a_lost_answer_is_given_again_and_everything_else_is_a_replay()
    {
        var api = await ConnectAsync(ShortGrace);
        var lost = await api.SignUpAsync();
        var lostSuccessor = await api.RefreshAsync(lost);
        var old = await api.SignUpAsync();
        await api.RefreshAsync(await api.RefreshAsync(old));
        var seen = new List<(Session Before, Session After)>();
        foreach (var use in WaysToBeSeen(api))
        {
            var session = await api.SignUpAsync();
            var successor = await api.RefreshAsync(session);
            (await use(successor)).AssertStatus(200);
            seen.Add((session, successor));
        }

        await Task.Delay(TimeSpan.FromSeconds(1.2));

        var again = await api.RefreshAsync(lost);
        Assert.Equal(DecodedToken.Of(lostSuccessor.Refresh).Id, DecodedToken.Of(again.Refresh).Id);
        await api.AssertLivesAsync(again);
        (await api.TryRefreshAsync(old.Refresh)).AssertProblem(401, "token_not_valid");
        foreach (var (before, after) in seen)
        {
            (await api.TryRefreshAsync(before.Refresh)).AssertProblem(401, "token_not_valid");
            await api.AssertIsOverAsync(after);
        }
    }

    [Fact]
    public async Task A_replay_ends_that_session_only_and_the_owner_can_see_it()
    {
        var api = await ConnectAsync(ShortGrace);
        var stolen = await api.SignUpAsync();
        var other = await api.LoginAsync(stolen.User);
        var newest = await api.RefreshAsync(await api.RefreshAsync(stolen));
        await Task.Delay(TimeSpan.FromSeconds(1.2));

        (await api.TryRefreshAsync(stolen.Refresh)).AssertProblem(401, "token_not_valid");

        await api.AssertIsOverAsync(newest);
        await api.AssertAccessIsGoodAsync(other.Access);
        var activity = (await api.GetAsync("/api/user/activity", other.Access)).AssertStatus(200).Json;
        var entry = Assert.Single(activity.EnumerateArray(), item => item.Text("event") == "refresh_replayed");
        entry.AssertIsActivityEntry();
        Assert.Equal(stolen.DeviceId, entry.Text("device_id"));
    }

    [Fact]
    public async Task A_session_ends_at_its_greatest_age_however_often_it_is_refreshed()
    {
        var api = await ConnectAsync("Sessions:MaxAge=1.00:00:00", "Tokens:RefreshLifetime=1.00:00:00");
        var session = await api.SignUpAsync();
        var end = DecodedToken.Of(session.Refresh).Expires;
        // Past the next full second a lifetime counted anew would end later.
        await Task.Delay(TimeSpan.FromSeconds(1.1));

        var refreshed = await api.RefreshAsync(session);

        Assert.Equal(end, DecodedToken.Of(refreshed.Refresh).Expires);
    }

    [Fact]
    public async Task Only_a_refresh_token_refreshes()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await api.TryRefreshAsync(session.Access)).AssertProblem(401, "token_not_valid");
        (await api.TryRefreshAsync("nonsense")).AssertProblem(401, "token_not_valid");
        (await api.PostAsync("/api/user/login/refresh", new { })).AssertProblem(400, "validation_failed", "refresh");
        await api.AssertLivesAsync(session);
    }

    [Fact]
    public async Task A_refreshed_device_is_seen_and_stays_one_device()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        var refreshed = await api.With(UserAgents.LaterChromeOnWindows).TryRefreshAsync(session.Refresh);

        var access = refreshed.AssertIsTokenResponse().Json.Text("access");
        var devices = (await api.GetAsync("/api/user/devices", access)).AssertStatus(200).Json;
        var device = Assert.Single(devices.EnumerateArray()).AssertIsDevice();
        Assert.Equal(UserAgents.LaterChromeOnWindows, device.Text("user_agent"));
        Assert.Equal(JsonValueKind.True, device.GetProperty("current").ValueKind);
    }

    private static IEnumerable<Func<Session, Task<Answer>>> WaysToBeSeen(ApiClient api) =>
    [
        session => api.GetAsync("/api/user/view", session.Access),
        session => api.GetAsync("/api/forward-auth", session.Access),
        session => api.VerifyAsync(session.Access),
        session => api.VerifyAsync(session.Refresh),
        session => api.TryRefreshAsync(session.Refresh),
    ];
}
