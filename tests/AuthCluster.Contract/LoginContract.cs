using Xunit;

namespace AuthCluster.Contract;

public abstract class LoginContract(SharedServers servers) : ContractSuite(servers)
{
    [Fact]
    public async Task A_login_is_answered_with_a_pair_of_tokens_the_user_and_the_device()
    {
        var api = await ConnectAsync();
        var user = await api.RegisterAsync();

        var response = (await api.TryLoginAsync(user.Email, user.Password)).AssertIsTokenResponse().Json;

        Assert.Equal(user.Id, response.GetProperty("user").Text("id"));
        Assert.Equal(user.Email, response.GetProperty("user").Text("email"));
        Assert.True(response.GetProperty("user").AssertTime("last_login") >= response.GetProperty("user").AssertTime("date_joined"));
        await api.AssertLivesAsync(new Session(user, response));
    }

    /// <summary>Keyboards and password managers put a blank behind an address that they fill in.</summary>
    [Fact]
    public async Task Blanks_around_an_address_are_taken_off()
    {
        var api = await ConnectAsync();
        var email = ApiClient.NewEmail();
        var user = await api.RegisterAsync($" {email}\t");

        var session = Session.Of(user, (await api.TryLoginAsync($"{email} ", user.Password)).AssertStatus(200));

        Assert.Equal(email, session.Response.GetProperty("user").Text("email"));
        (await api.PostAsync("/api/user/create", new { email = $"{email}\u00a0", password = user.Password })).AssertProblem(409, "email_taken");
        (await api.TryLoginAsync(email, $"{user.Password} ")).AssertProblem(401, "invalid_credentials");
    }

    [Fact]
    public async Task A_device_has_the_name_its_user_gives_it()
    {
        var api = await ConnectAsync();

        var session = await api.LoginAsync(await api.RegisterAsync(), deviceName: "Küche");

        Assert.Equal("Küche", session.Response.GetProperty("device").Text("name"));
    }

    [Fact]
    public async Task Each_login_opens_a_device_session_of_its_own()
    {
        var api = await ConnectAsync();
        var first = await api.SignUpAsync();

        var second = await api.LoginAsync(first.User);

        Assert.NotEqual(first.DeviceId, second.DeviceId);
        await api.AssertLivesAsync(first);
        await api.AssertLivesAsync(second);
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        var api = await ConnectAsync();
        var user = await api.RegisterAsync();

        (await api.TryLoginAsync(user.Email, user.Password + "x")).AssertProblem(401, "invalid_credentials");
        (await api.TryLoginAsync(user.Email, user.Password.ToUpperInvariant())).AssertProblem(401, "invalid_credentials");
    }

    [Fact]
    public async Task The_address_may_be_spelt_in_other_letters_the_password_may_not()
    {
        var api = await ConnectAsync();
        var user = await api.RegisterAsync();

        var session = await api.LoginAsync(user with { Email = user.Email.ToUpperInvariant() });

        Assert.Equal(user.Id, session.User.Id);
    }

    [Fact]
    public async Task Every_missing_field_is_named()
    {
        var api = await ConnectAsync();

        (await api.PostAsync("/api/user/login", new { })).AssertProblem(400, "validation_failed", "email", "password");
        (await api.PostAsync("/api/user/login", new { password = "x" })).AssertProblem(400, "validation_failed", "email");
        (await api.PostAsync("/api/user/login", new { email = ApiClient.NewEmail() })).AssertProblem(400, "validation_failed", "password");
    }

    [Fact]
    public async Task A_device_token_never_stands_in_the_way_of_the_right_password()
    {
        var api = await ConnectAsync();
        var stranger = await api.SignUpAsync();
        var session = await api.SignUpAsync();

        foreach (var deviceToken in new[] { session.DeviceToken, stranger.DeviceToken, session.Access, "nonsense", "" })
            (await api.TryLoginAsync(session.User.Email, session.User.Password, deviceToken)).AssertIsTokenResponse();
    }

    [Fact]
    public async Task A_device_token_opens_nothing_by_itself()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        await api.AssertAccessIsRefusedAsync(session.DeviceToken);
        await api.AssertRefreshIsRefusedAsync(session.DeviceToken);
        (await api.TryLoginAsync(session.User.Email, "walnut ladder 1", session.DeviceToken)).AssertProblem(401, "invalid_credentials");
    }

    [Fact]
    public async Task A_wrong_password_ends_no_session()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await api.TryLoginAsync(session.User.Email, "walnut ladder 1")).AssertProblem(401, "invalid_credentials");

        await api.AssertLivesAsync(session);
    }
}
