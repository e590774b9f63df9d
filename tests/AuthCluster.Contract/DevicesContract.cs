using Xunit;

namespace AuthCluster.Contract;

public abstract class DevicesContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Devices = "/api/user/devices";

    [Fact]
    public async Task The_owner_sees_each_device_and_which_one_is_current()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var other = await api.With(UserAgents.FirefoxOnLinux).LoginAsync(session.User, deviceName: "Tablet");
        await api.SignUpAsync();

        var devices = (await api.GetAsync(Devices, session.Access)).AssertStatus(200).Json.EnumerateArray().ToDictionary(device => device.Text("id"));

        Assert.Equal(new[] { session.DeviceId, other.DeviceId }.Order(), devices.Keys.Order());
        Assert.All(devices.Values, device => device.AssertIsDevice());
        Assert.All(devices.Values, device => Assert.Equal("127.0.0.1", device.Text("ip")));
        Assert.True(devices[session.DeviceId].GetProperty("current").GetBoolean());
        Assert.Equal(UserAgents.ChromeOnWindows, devices[session.DeviceId].Text("user_agent"));
        Assert.False(devices[other.DeviceId].GetProperty("current").GetBoolean());
        Assert.Equal("Tablet", devices[other.DeviceId].Text("name"));
        Assert.Equal(UserAgents.FirefoxOnLinux, devices[other.DeviceId].Text("user_agent"));
    }

    [Fact]
    public async Task Removing_a_device_ends_its_session_only()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var lost = await api.LoginAsync(session.User);

        (await api.DeleteAsync($"{Devices}/{lost.DeviceId}", session.Access)).AssertEmpty(204);

        await api.AssertIsOverAsync(lost);
        var devices = (await api.GetAsync(Devices, session.Access)).AssertStatus(200).Json;
        Assert.Equal(session.DeviceId, Assert.Single(devices.EnumerateArray()).Text("id"));
        await api.AssertLivesAsync(session);
    }

    [Fact]
    public async Task Removing_the_current_device_logs_out()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await api.DeleteAsync($"{Devices}/{session.DeviceId}", session.Access)).AssertEmpty(204);

        await api.AssertIsOverAsync(session);
    }

    [Fact]
    public async Task What_is_not_the_callers_is_not_found()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var stranger = await api.SignUpAsync();

        foreach (var id in new[] { stranger.DeviceId, Guid.NewGuid().ToString(), "nonsense", stranger.User.Id })
            (await api.DeleteAsync($"{Devices}/{id}", session.Access)).AssertProblem(404, "not_found");

        await api.AssertLivesAsync(stranger);
        await api.AssertLivesAsync(session);
    }

    [Fact]
    public async Task A_device_is_removed_once()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var lost = await api.LoginAsync(session.User);
        (await api.DeleteAsync($"{Devices}/{lost.DeviceId}", session.Access)).AssertEmpty(204);

        (await api.DeleteAsync($"{Devices}/{lost.DeviceId}", session.Access)).AssertProblem(404, "not_found");
    }

    [Fact]
    public async Task Only_an_access_token_opens_the_devices()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await api.GetAsync(Devices)).AssertProblem(401, "not_authenticated");
        (await api.GetAsync(Devices, session.Refresh)).AssertProblem(401, "token_not_valid");
        (await api.DeleteAsync($"{Devices}/{session.DeviceId}")).AssertProblem(401, "not_authenticated");
        (await api.DeleteAsync($"{Devices}/{session.DeviceId}", session.Refresh)).AssertProblem(401, "token_not_valid");
        await api.AssertLivesAsync(session);
    }
}
