using Xunit;

namespace AuthCluster.Contract;

public abstract class PasswordContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Password = "/api/user/password";
    private const string NewPassword = "cobalt window 2219";

    [Fact]
    public async Task The_new_password_logs_in_and_the_old_one_does_not()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        var answer = await ChangeAsync(api, session, session.User.Password, NewPassword);

        answer.AssertIsTokenResponse();
        (await api.TryLoginAsync(session.User.Email, session.User.Password)).AssertProblem(401, "invalid_credentials");
        (await api.TryLoginAsync(session.User.Email, NewPassword)).AssertIsTokenResponse();
    }

    [Fact]
    public async Task A_change_ends_every_other_session_and_renews_this_one()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var other = await api.LoginAsync(session.User);

        var renewed = Session.Of(session.User, await ChangeAsync(api, session, session.User.Password, NewPassword));

        Assert.Equal(session.DeviceId, renewed.DeviceId);
        await api.AssertIsOverAsync(other);
        await api.AssertIsOverAsync(session);
        await api.AssertLivesAsync(renewed);
    }

    [Fact]
    public async Task A_wrong_current_password_changes_nothing()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await ChangeAsync(api, session, "walnut ladder 1", NewPassword)).AssertProblem(400, "validation_failed", "current_password");

        await api.AssertLivesAsync(session);
        (await api.TryLoginAsync(session.User.Email, NewPassword)).AssertProblem(401, "invalid_credentials");
        (await api.TryLoginAsync(session.User.Email, session.User.Password)).AssertIsTokenResponse();
    }

    [Fact]
    public async Task A_change_that_finds_the_server_busy_uses_up_no_attempt()
    {
        var api = await ConnectAsync("Login:AttemptsPerAccount=1");
        var sessions = new List<Session>();
        for (var i = 0; i < 32; i++)
            sessions.Add(await api.SignUpAsync());

        await Task.WhenAll(sessions.Select(async session =>
        {
            var answer = await ChangeAsync(api, session, session.User.Password, NewPassword);
            while (answer.Status == 503)
                answer = await ChangeAsync(api, session, session.User.Password, NewPassword);
            answer.AssertIsTokenResponse();
        }));
    }

    [Theory]
    [InlineData("7 chars")]
    [InlineData("password")]
    public async Task A_new_password_is_held_to_the_same_rules(string refused)
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await ChangeAsync(api, session, session.User.Password, refused)).AssertProblem(400, "validation_failed", "new_password");
        (await ChangeAsync(api, session, session.User.Password, session.User.Email)).AssertProblem(400, "validation_failed", "new_password");

        await api.AssertLivesAsync(session);
    }

    [Fact]
    public async Task Every_missing_field_is_named()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        var answer = await api.PostAsync(Password, new { }, session.Access);

        answer.AssertProblem(400, "validation_failed", "current_password", "new_password");
    }

    [Fact]
    public async Task Knowing_the_password_is_not_enough()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var body = new { current_password = session.User.Password, new_password = NewPassword };

        (await api.PostAsync(Password, body)).AssertProblem(401, "not_authenticated");
        (await api.PostAsync(Password, body, session.Refresh)).AssertProblem(401, "token_not_valid");
    }

    private static Task<Answer> ChangeAsync(ApiClient api, Session session, string current, string changed) =>
        api.PostAsync(Password, new { current_password = current, new_password = changed }, session.Access);

    /// <summary>Somebody who once knew the password may have collected device tokens, each with a budget to guess the new one.</summary>
    [Fact]
    public async Task Device_tokens_of_before_a_change_are_strangers_and_lock_nobody_out()
    {
        var api = await ConnectAsync("Login:AttemptsPerAccount=2", "Devices:Limit=1000");
        var user = await api.RegisterAsync();
        var collected = new List<Session>();
        for (var number = 0; number < 34; number++)
            collected.Add(await api.LoginAsync(user));
        var mine = await api.LoginAsync(user);
        var changed = Session.Of(user, await api.PostAsync(
            "/api/user/password", new { current_password = user.Password, new_password = "nine orchards by the lake" }, mine.Access));

        var refused = 0;
        foreach (var old in collected)
        {
            var answer = await api.PostAsync("/api/user/login", new { email = user.Email, password = "not it at all", device_token = old.DeviceToken });
            refused += answer.Status == 429 ? 1 : 0;
        }

        // All of them together had the two attempts of strangers.
        Assert.Equal(collected.Count - 2, refused);
        var login = await api.PostAsync(
            "/api/user/login", new { email = user.Email, password = "nine orchards by the lake", device_token = changed.DeviceToken });
        login.AssertStatus(200);
        var again = new { current_password = "nine orchards by the lake", new_password = "ten orchards by the lake" };
        (await api.PostAsync("/api/user/password", again, changed.Access)).AssertStatus(200);
    }

    /// <summary>To put 32,000 combining marks in order took the server a second, for each call of anybody.</summary>
    [Fact]
    public async Task A_password_of_combining_marks_is_refused_before_anything_is_computed_of_it()
    {
        var api = await ConnectAsync();
        var marks = new string('\u0300', 5_000) + new string('\u0316', 5_000);

        (await api.PostAsync("/api/user/create", new { email = ApiClient.NewEmail(), password = marks })).AssertProblem(400, "validation_failed", "password");
        (await api.TryLoginAsync(ApiClient.NewEmail(), marks)).AssertProblem(401, "invalid_credentials");
        var session = await api.SignUpAsync();
        (await api.PostAsync("/api/user/password", new { current_password = marks, new_password = "ten orchards by the lake" }, session.Access))
            .AssertProblem(400, "validation_failed", "current_password");
    }
}
