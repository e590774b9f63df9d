using AuthCluster.Contract.Catalogue;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>Services are told of every revocation, at once and in order.</summary>
public abstract class RevocationFeedContract(SharedServers servers) : ContractSuite(servers)
{
    private static readonly string[] ShortGrace = [.. FeedReader.Settings, "Tokens:RefreshGrace=00:00:01"];

    public static TheoryData<string> Calls =>
        [.. Endpoints.Calls.Where(call => call.Revokes is not (Revoked.Nothing or Revoked.TokensOfEveryAccount)).Select(call => call.Name)];

    [Fact]
    public async Task The_first_event_comes_at_once_and_says_up_to_when_the_stream_is_complete()
    {
        var api = await ConnectAsync(FeedReader.Settings);

        await using var feed = await FeedReader.OpenAsync(api);
        var first = await feed.NextAsync();

        Assert.Equal("heartbeat", first.Event);
        Assert.NotEmpty(first.Id);
        first.Data.AssertMembers("complete_to", "time");
        Assert.True(first.Data.AssertTime("complete_to") <= first.Data.AssertTime("time"));
        Assert.Contains("no-store", feed.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task What_a_call_revokes_is_told_and_nothing_else(string name)
    {
        var api = await ConnectAsync(FeedReader.Settings);
        var call = Endpoints.CallNamed(name);
        var account = await SampleAccount.SignUpAsync(api, call.Endpoint);
        var administrator = await api.LoginAsAdministratorAsync();
        await using var feed = await FeedReader.OpenAsync(api);

        Assert.InRange((await account.SendAsync(api, call, administrator.Access)).Status, 200, 299);

        AssertTold(await feed.ReadToNowAsync(), account, account.TokensEndedBy(call));
    }

    [Fact]
    public async Task A_retired_key_is_told()
    {
        var api = await ConnectToOwnServerAsync(FeedReader.Settings);
        var account = await SampleAccount.SignUpAsync(api);
        var administrator = await api.LoginAsAdministratorAsync();
        await using var feed = await FeedReader.OpenAsync(api);
        var retirement = Assert.Single(Endpoints.Calls, call => call.Revokes == Revoked.TokensOfEveryAccount);

        (await account.SendAsync(api, retirement, administrator.Access)).AssertEmpty(204);

        var told = await feed.ReadToNowAsync();
        var item = Assert.Single(told);
        item.Data.AssertMembers("scope", "kid", "cause", "time");
        AssertTold(told, account, account.Tokens);
    }

    [Fact]
    public async Task Revocations_by_services_by_replay_and_by_a_full_list_of_devices_are_told()
    {
        var api = await ConnectAsync([.. ShortGrace, "Devices:Limit=2"]);
        var user = await api.RegisterAsync();
        await using var feed = await FeedReader.OpenAsync(api);

        var evicted = await api.LoginAsync(user);
        var replayed = await api.LoginAsync(user);
        var revoked = await api.LoginAsync(user);
        await api.RefreshAsync(await api.RefreshAsync(replayed));
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        (await api.TryRefreshAsync(replayed.Refresh)).AssertProblem(401, "token_not_valid");
        (await api.PostAsync("/oauth/revoke", RequestContent.Form(("token", revoked.Refresh)))).AssertStatus(200);

        var told = await feed.ReadToNowAsync();
        Assert.Equal(
            [("evicted", evicted.DeviceId), ("refresh_replayed", replayed.DeviceId), ("logout", revoked.DeviceId)],
            told.Where(item => item.Text("sub") == user.Id).DistinctBy(item => item.Text("sid")).Select(item => (item.Text("cause"), item.Text("sid"))));
    }

    [Fact]
    public async Task An_event_says_what_died_of_whom_why_and_when()
    {
        var api = await ConnectAsync(FeedReader.Settings);
        var session = await api.SignUpAsync();
        await using var feed = await FeedReader.OpenAsync(api);

        (await api.PostAsync("/api/user/logout/all", token: session.Access)).AssertEmpty(204);

        var item = (await feed.ReadToNowAsync()).First(item => item.Text("sub") == session.User.Id);
        item.Data.AssertMembers("sub", "scope", "uuid", "cause", "time");
        Assert.Equal(("user", "logout_all"), (item.Text("scope"), item.Text("cause")));
        Assert.Equal(DecodedToken.Of(session.Access).Payload.Text("uuid"), item.Text("uuid"));
        item.Data.AssertTime("time");
    }

    [Fact]
    public async Task Who_comes_back_with_the_last_event_misses_nothing_and_has_it_in_order()
    {
        var api = await ConnectAsync(FeedReader.Settings);
        var user = await api.RegisterAsync();
        var sessions = new List<Session>();
        for (var count = 0; count < 6; count++)
            sessions.Add(await api.LoginAsync(user));
        string last;
        await using (var feed = await FeedReader.OpenAsync(api))
        {
            await EndAsync(api, sessions[..2]);
            last = (await feed.ReadToNowAsync())[^1].Id;
        }

        await EndAsync(api, sessions[2..]);
        await using var again = await FeedReader.OpenAsync(api.BaseAddress, last);

        Assert.Equal(sessions[2..].Select(session => session.DeviceId), SessionsOf(await again.ReadToNowAsync(), user));
    }

    [Fact]
    public async Task Who_comes_back_with_the_event_of_a_heartbeat_misses_nothing_either()
    {
        var api = await ConnectAsync(FeedReader.Settings);
        var session = await api.SignUpAsync();
        string last;
        await using (var feed = await FeedReader.OpenAsync(api))
            last = (await feed.NextAsync()).Id;

        await EndAsync(api, [session]);
        await using var again = await FeedReader.OpenAsync(api.BaseAddress, last);

        Assert.Equal([session.DeviceId], SessionsOf(await again.ReadToNowAsync(), session.User));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("999999999-1")]
    [InlineData("999999999.0000~1.99999")]
    public async Task Who_names_an_event_that_is_not_known_is_told_to_begin_anew(string id)
    {
        var api = await ConnectAsync(FeedReader.Settings);
        var session = await api.SignUpAsync();

        await using var feed = await FeedReader.OpenAsync(api.BaseAddress, id);

        var first = await feed.NextAsync();
        Assert.Equal("resync", first.Event);
        first.Data.AssertMembers("time");
        await EndAsync(api, [session]);
        Assert.Equal([session.DeviceId], SessionsOf(await feed.ReadToNowAsync(), session.User));
    }

    [Fact]
    public async Task Only_a_service_may_listen()
    {
        var api = await ConnectAsync(FeedReader.Settings);
        var session = await api.SignUpAsync();

        var refused = (await api.GetAsync(FeedReader.Path)).AssertProblem(401, "not_authenticated");
        Assert.StartsWith("Basic", refused.Header("WWW-Authenticate"), StringComparison.Ordinal);
        (await api.GetAsync(FeedReader.Path, session.Access)).AssertProblem(401, "invalid_credentials");
    }

    [Fact]
    public async Task A_head_request_has_an_end()
    {
        var api = await ConnectAsync(FeedReader.Settings);
        using var request = new HttpRequestMessage(HttpMethod.Head, FeedReader.Path);
        request.Headers.Authorization = FeedReader.Credentials;

        var answer = await api.SendAsync(request);

        answer.AssertEmpty(200);
        Assert.Equal("text/event-stream", answer.MediaType);
    }

    [Fact]
    public async Task Who_asks_for_a_lease_is_not_left_in_the_belief_to_have_one()
    {
        var api = await ConnectAsync(FeedReader.Settings);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{FeedReader.Path}?lease=2");
        request.Headers.Authorization = FeedReader.Credentials;

        (await api.SendAsync(request)).AssertProblem(400, "validation_failed", "lease");
    }

    private static void AssertTold(IReadOnlyList<FeedItem> told, SampleAccount account, IEnumerable<string> ended)
    {
        var expected = ended.ToHashSet(StringComparer.Ordinal);
        foreach (var token in account.AccessTokens)
            Assert.Equal(expected.Contains(token), told.Any(item => item.IsAbout(token, isAccess: true)));
        foreach (var token in account.RefreshTokens)
            Assert.Equal(expected.Contains(token), told.Any(item => item.IsAbout(token, isAccess: false)));
    }

    private static async Task EndAsync(ApiClient api, IEnumerable<Session> sessions)
    {
        foreach (var session in sessions)
            (await api.PostAsync("/api/user/logout", token: session.Access)).AssertEmpty(204);
    }

    private static IEnumerable<string?> SessionsOf(IEnumerable<FeedItem> told, User user) =>
        told.Where(item => item.Text("sub") == user.Id).Select(item => item.Text("sid")).Distinct();
}
