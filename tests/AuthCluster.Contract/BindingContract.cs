using System.Net;
using Xunit;

namespace AuthCluster.Contract;

public abstract class BindingContract(SharedServers servers) : ContractSuite(servers)
{
    private const string AccessDevice = "Binding:AccessDevice=Strict";
    private const string AccessIp = "Binding:AccessIp=Strict";

    // Only Linux answers to all of 127.0.0.0/8 without being told to.
    private static readonly IPAddress Elsewhere = IPAddress.Parse("127.0.0.2");

    [Fact]
    public async Task By_default_an_access_token_is_good_anywhere()
    {
        var api = await ConnectAsync();
        var elsewhere = await ConnectFromAsync(Elsewhere);
        var session = await api.SignUpAsync();

        await api.With(UserAgents.FirefoxOnLinux).AssertAccessIsGoodAsync(session.Access);
        await elsewhere.AssertAccessIsGoodAsync(session.Access);
    }

    [Fact]
    public async Task By_default_a_refresh_token_is_good_in_its_own_browser_only()
    {
        var api = await ConnectAsync();
        var elsewhere = await ConnectFromAsync(Elsewhere);
        var session = await api.SignUpAsync();

        (await api.With(UserAgents.FirefoxOnLinux).TryRefreshAsync(session.Refresh)).AssertProblem(401, "token_not_valid");

        (await api.With(UserAgents.LaterChromeOnWindows).TryRefreshAsync(session.Refresh)).AssertIsTokenResponse();
        (await elsewhere.TryRefreshAsync(session.Refresh)).AssertIsTokenResponse();
    }

    [Fact]
    public async Task A_refresh_token_bound_to_nothing_is_good_in_any_browser()
    {
        var api = await ConnectAsync("Binding:RefreshDevice=Off");
        var session = await api.SignUpAsync();

        (await api.With(UserAgents.FirefoxOnLinux).TryRefreshAsync(session.Refresh)).AssertIsTokenResponse();
    }

    [Fact]
    public async Task An_access_token_bound_to_its_device_is_refused_in_another_browser_and_changes_nothing()
    {
        var api = await ConnectAsync(AccessDevice);
        var session = await api.SignUpAsync();
        var thief = api.With(UserAgents.FirefoxOnLinux);

        (await thief.GetAsync("/api/user/view", session.Access)).AssertProblem(401, "token_not_valid");
        (await thief.GetAsync("/api/forward-auth", session.Access)).AssertProblem(401, "token_not_valid");
        (await thief.PostAsync("/api/user/logout", token: session.Access)).AssertProblem(401, "token_not_valid");

        await api.With(UserAgents.LaterChromeOnWindows).AssertAccessIsGoodAsync(session.Access);
        await api.AssertLivesAsync(session);
    }

    [Fact]
    public async Task An_access_token_bound_to_its_address_is_refused_from_another_and_changes_nothing()
    {
        var api = await ConnectAsync(AccessIp);
        var elsewhere = await ConnectFromAsync(Elsewhere, AccessIp);
        var session = await api.SignUpAsync();

        (await elsewhere.GetAsync("/api/user/view", session.Access)).AssertProblem(401, "token_not_valid");
        (await elsewhere.GetAsync("/api/forward-auth", session.Access)).AssertProblem(401, "token_not_valid");

        await api.AssertLivesAsync(session);
    }

    [Fact]
    public async Task Who_moves_to_another_address_refreshes_and_goes_on()
    {
        var api = await ConnectAsync(AccessIp);
        var elsewhere = await ConnectFromAsync(Elsewhere, AccessIp);
        var session = await api.SignUpAsync();

        var moved = await elsewhere.RefreshAsync(session);

        await elsewhere.AssertAccessIsGoodAsync(moved.Access);
        (await api.GetAsync("/api/user/view", moved.Access)).AssertProblem(401, "token_not_valid");
    }

    [Fact]
    public async Task A_forwarding_header_of_a_client_is_not_believed()
    {
        var api = await ConnectAsync(AccessIp);
        var elsewhere = await ConnectFromAsync(Elsewhere, AccessIp);
        var session = await api.SignUpAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/forward-auth");
        request.Headers.Add("Authorization", $"Bearer {session.Access}");
        request.Headers.Add("X-Forwarded-For", "127.0.0.1");
        request.Headers.Add("Forwarded", "for=127.0.0.1");

        (await elsewhere.SendAsync(request)).AssertProblem(401, "token_not_valid");
    }

    [Fact]
    public async Task Binding_is_no_matter_where_somebody_else_presents_the_token()
    {
        var api = await ConnectAsync(AccessDevice);
        var session = await api.SignUpAsync();

        var service = api.With("service/1.0");

        (await service.VerifyAsync(session.Access)).AssertStatus(200);
        (await service.VerifyAsync(session.Refresh)).AssertStatus(200);
    }
}
