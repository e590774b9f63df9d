using Xunit;

namespace AuthCluster.Contract;

public abstract class ExportContract(SharedServers servers) : ContractSuite(servers)
{
    [Fact]
    public async Task The_user_gets_all_that_is_kept_and_nobodys_secrets()
    {
        var api = await ConnectAsync();
        var user = await api.RegisterAsync(profile: new { town = "Bergen" });
        var other = await api.LoginAsync(user, deviceName: "Tablet");
        var session = await api.LoginAsync(user);

        var export = (await api.GetAsync("/api/user/export", session.Access)).AssertStatus(200);

        Assert.Equal((await api.GetAsync("/api/user/view", session.Access)).Text, export.Json.GetProperty("user").GetRawText());
        Assert.Equal(
            new[] { session.DeviceId, other.DeviceId }.Order(),
            export.Json.GetProperty("devices").EnumerateArray().Select(device => device.Text("id")).Order());
        Assert.Equal(["login", "login", "registered"], export.Json.GetProperty("activity").EnumerateArray().Select(entry => entry.Text("event")));
        Assert.Equal("no-store", export.Header("Cache-Control"));
        foreach (var secret in new[] { user.Password, session.Access, session.Refresh, session.DeviceToken, DecodedToken.Of(session.Access).Payload.Text("uuid") })
            Assert.DoesNotContain(secret, export.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_that_left_the_accounts_memory_are_in_it()
    {
        var api = await ConnectAsync("Activity:Kept=2", "Devices:Limit=1000");
        var user = await api.RegisterAsync();
        for (var number = 0; number < 5; number++)
            await api.LoginAsync(user);
        var session = await api.LoginAsync(user);

        var export = (await api.GetAsync("/api/user/export", session.Access)).AssertStatus(200).Json;

        Assert.Equal(7, export.GetProperty("activity").GetArrayLength());
    }

    [Fact]
    public async Task Only_an_access_token_opens_it()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await api.GetAsync("/api/user/export")).AssertProblem(401, "not_authenticated");
        (await api.GetAsync("/api/user/export", session.Refresh)).AssertProblem(401, "token_not_valid");
    }
}
