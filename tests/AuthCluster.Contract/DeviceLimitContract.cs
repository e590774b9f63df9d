using Xunit;

namespace AuthCluster.Contract;

public abstract class DeviceLimitContract(SharedServers servers) : ContractSuite(servers)
{
    private const string TwoDevices = "Devices:Limit=2";

    [Fact]
    public async Task By_default_the_device_unused_for_longest_gives_way()
    {
        var api = await ConnectAsync(TwoDevices);
        var (first, second, third) = await LoginThreeTimesAsync(api);

        await api.AssertIsOverAsync(second);
        await api.AssertLivesAsync(first);
        await api.AssertLivesAsync(third);
    }

    [Fact]
    public async Task The_oldest_device_gives_way_where_the_settings_say_so()
    {
        var api = await ConnectAsync(TwoDevices, "Devices:AtLimit=EvictOldest");
        var (first, second, third) = await LoginThreeTimesAsync(api);

        await api.AssertIsOverAsync(first);
        await api.AssertLivesAsync(second);
        await api.AssertLivesAsync(third);
    }

    [Fact]
    public async Task All_devices_give_way_where_the_settings_say_so()
    {
        var api = await ConnectAsync(TwoDevices, "Devices:AtLimit=EvictAll");
        var (first, second, third) = await LoginThreeTimesAsync(api);

        await api.AssertIsOverAsync(first);
        await api.AssertIsOverAsync(second);
        await api.AssertLivesAsync(third);
    }

    [Fact]
    public async Task The_new_device_is_refused_where_the_settings_say_so()
    {
        var api = await ConnectAsync(TwoDevices, "Devices:AtLimit=Reject");
        var first = await api.SignUpAsync();
        var second = await api.LoginAsync(first.User);

        (await api.TryLoginAsync(first.User.Email, first.User.Password)).AssertProblem(409, "conflict");
        (await api.TryLoginAsync(first.User.Email, "not the password 9")).AssertProblem(401, "invalid_credentials");

        await api.AssertLivesAsync(second);
        (await api.PostAsync("/api/user/logout", token: first.Access)).AssertEmpty(204);
        await api.AssertLivesAsync(await api.LoginAsync(first.User));
    }

    [Fact]
    public async Task An_account_has_twenty_devices_by_default()
    {
        var api = await ConnectAsync();
        var first = await api.SignUpAsync();
        for (var i = 0; i < 19; i++)
            await api.LoginAsync(first.User);
        await api.AssertAccessIsGoodAsync(first.Access);

        var last = await api.LoginAsync(first.User);

        var devices = (await api.GetAsync("/api/user/devices", last.Access)).AssertStatus(200).Json;
        Assert.Equal(20, devices.GetArrayLength());
    }

    /// <summary>Between the second and the third login the first session is used.</summary>
    private static async Task<(Session First, Session Second, Session Third)> LoginThreeTimesAsync(ApiClient api)
    {
        var first = await api.SignUpAsync();
        var second = await api.LoginAsync(first.User);
        first = await api.RefreshAsync(first);
        return (first, second, await api.LoginAsync(first.User));
    }
}
