using System.Text.Json;
using Xunit;

namespace AuthCluster.Contract;

public abstract class ActivityContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Activity = "/api/user/activity";

    [Fact]
    public async Task A_login_is_entered_with_where_it_came_from()
    {
        var api = await ConnectAsync();
        var session = await api.LoginAsync(await api.RegisterAsync(), deviceName: "Desk");

        var entry = (await ReadAsync(api, session))[0].AssertIsActivityEntry();

        Assert.Equal("login", entry.Text("event"));
        Assert.Equal("succeeded", entry.Text("outcome"));
        Assert.Equal("127.0.0.1", entry.Text("ip"));
        Assert.Equal(session.User.Email, entry.Text("email"));
        Assert.Equal(UserAgents.ChromeOnWindows, entry.Text("user_agent"));
        Assert.Equal(session.DeviceId, entry.Text("device_id"));
        Assert.Equal("Desk", entry.Text("device_name"));
    }

    [Fact]
    public async Task A_wrong_password_is_entered_where_the_owner_sees_it()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        (await api.With(UserAgents.FirefoxOnLinux).TryLoginAsync(session.User.Email, "walnut ladder 1")).AssertStatus(401);

        var entry = (await ReadAsync(api, session))[0].AssertIsActivityEntry();

        Assert.Equal("login", entry.Text("event"));
        Assert.Equal("failed", entry.Text("outcome"));
        Assert.NotEmpty(entry.Text("reason"));
        Assert.Equal(UserAgents.FirefoxOnLinux, entry.Text("user_agent"));
    }

    [Fact]
    public async Task Logouts_and_password_changes_are_entered()
    {
        var api = await ConnectAsync();
        var first = await api.SignUpAsync();
        var second = await api.LoginAsync(first.User);
        (await api.PostAsync("/api/user/logout", token: first.Access)).AssertEmpty(204);
        var body = new { current_password = first.User.Password, new_password = "cobalt window 2219" };
        var changed = Session.Of(first.User, await api.PostAsync("/api/user/password", body, second.Access));

        var entries = await ReadAsync(api, changed);

        Assert.Equal("password_changed", entries[0].Text("event"));
        Assert.Equal("logout", entries[1].Text("event"));
        Assert.Equal(first.DeviceId, entries[1].Text("device_id"));
        Assert.Equal(["login", "login"], entries[2..4].Select(entry => entry.Text("event")));
    }

    [Fact]
    public async Task Entries_come_newest_first_and_page_by_page()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        for (var i = 0; i < 4; i++)
            await api.LoginAsync(session.User, deviceName: $"device {i}");

        var all = await ReadAsync(api, session);
        var firstPage = await ReadAsync(api, session, "?limit=2");
        var secondPage = await ReadAsync(api, session, $"?limit=2&before={firstPage[1].Text("id")}");

        Assert.Equal(["device 3", "device 2"], firstPage.Select(entry => entry.Text("device_name")));
        Assert.Equal(["device 1", "device 0"], secondPage.Select(entry => entry.Text("device_name")));
        Assert.Equal(all[..4].Select(entry => entry.Text("id")), firstPage.Concat(secondPage).Select(entry => entry.Text("id")));
        Assert.Empty(await ReadAsync(api, session, $"?before={all[^1].Text("id")}"));
        var times = all.Select(entry => entry.AssertTime("time")).ToList();
        Assert.Equal(times.OrderDescending(), times);
    }

    [Fact]
    public async Task Fifty_entries_are_given_unless_more_are_asked_for()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        for (var i = 0; i < 55; i++)
            await api.LoginAsync(session.User);
        var last = await api.LoginAsync(session.User);

        Assert.Equal(50, (await ReadAsync(api, last)).Length);
        Assert.InRange((await ReadAsync(api, last, "?limit=200")).Length, 57, 200);
        Assert.Single(await ReadAsync(api, last, "?limit=1"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("201")]
    [InlineData("99999999999999999999")]
    public async Task A_limit_outside_its_range_is_refused(string limit)
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await api.GetAsync($"{Activity}?limit={limit}", session.Access)).AssertProblem(400, "validation_failed", "limit");
    }

    [Fact]
    public async Task Nobody_sees_the_activity_of_others()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var stranger = await api.LoginAsync(await api.RegisterAsync(), deviceName: "Secret");

        Assert.All(await ReadAsync(api, session), entry => Assert.Equal(session.User.Email, entry.Text("email")));
        var strangers = await ReadAsync(api, stranger);
        Assert.DoesNotContain(
            await ReadAsync(api, session, $"?before={strangers[0].Text("id")}"),
            entry => entry.GetProperty("device_name").GetString() == "Secret");
    }

    [Fact]
    public async Task Only_an_access_token_opens_the_activity()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await api.GetAsync(Activity)).AssertProblem(401, "not_authenticated");
        (await api.GetAsync(Activity, session.Refresh)).AssertProblem(401, "token_not_valid");
    }

    private static async Task<JsonElement[]> ReadAsync(ApiClient api, Session session, string query = "") =>
        [.. (await api.GetAsync(Activity + query, session.Access)).AssertStatus(200).Json.EnumerateArray()];
}
