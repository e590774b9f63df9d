using Xunit;

namespace AuthCluster.Contract;

/// <summary>Requests that meet. Races of logins stay at eight: more would be turned away while passwords are hashed, which is no fault.</summary>
public abstract class RaceContract(SharedServers servers) : ContractSuite(servers)
{
    private const int Logins = 8;

    [Fact]
    public async Task Parallel_refreshes_of_one_token_get_one_successor_and_nobody_is_signed_out()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => api.RefreshAsync(session)));

        var successor = Assert.Single(answers.Select(answer => DecodedToken.Of(answer.Refresh).Id).Distinct(StringComparer.Ordinal));
        Assert.NotEqual(DecodedToken.Of(session.Refresh).Id, successor);
        Assert.Single(answers.Select(answer => DecodedToken.Of(answer.Refresh).Expires).Distinct());
        foreach (var answer in answers)
            await api.AssertAccessIsGoodAsync(answer.Access);
        await api.AssertLivesAsync(answers[0]);
        var devices = (await api.GetAsync("/api/user/devices", session.Access)).AssertStatus(200).Json;
        Assert.Single(devices.EnumerateArray());
    }

    [Theory]
    [InlineData("/api/user/logout")]
    [InlineData("/api/user/logout/all")]
    public async Task Nothing_lives_after_a_logout_that_raced_refreshes(string logout)
    {
        var api = await ConnectAsync();
        for (var round = 0; round < 10; round++)
        {
            var session = await api.SignUpAsync();
            var before = Enumerable.Range(0, 4).Select(_ => api.TryRefreshAsync(session.Refresh)).ToList();
            var ending = api.PostAsync(logout, token: session.Access);
            var after = Enumerable.Range(0, 4).Select(_ => api.TryRefreshAsync(session.Refresh)).ToList();

            (await ending).AssertEmpty(204);

            foreach (var answer in await Task.WhenAll(before.Concat(after)))
            {
                if (answer.Status == 200)
                    await api.AssertIsOverAsync(Session.Of(session.User, answer));
                else
                    answer.AssertProblem(401, "token_not_valid");
            }
        }
    }

    [Fact]
    public async Task No_login_with_the_old_password_outlives_its_change()
    {
        var api = await ConnectAsync();
        for (var round = 0; round < 5; round++)
        {
            var session = await api.SignUpAsync();
            var body = new { current_password = session.User.Password, new_password = "cobalt window 2219" };
            var logins = Enumerable.Range(0, 4).Select(_ => api.TryLoginAsync(session.User.Email, session.User.Password)).ToList();
            var changed = Session.Of(session.User, await api.PostAsync("/api/user/password", body, session.Access));

            foreach (var login in await Task.WhenAll(logins))
            {
                if (login.Status == 200)
                    await api.AssertIsOverAsync(Session.Of(session.User, login));
                else
                    login.AssertProblem(401, "invalid_credentials");
            }

            var devices = (await api.GetAsync("/api/user/devices", changed.Access)).AssertStatus(200).Json;
            Assert.Equal(changed.DeviceId, Assert.Single(devices.EnumerateArray()).Text("id"));
        }
    }

    [Fact]
    public async Task Parallel_logins_never_exceed_the_device_limit()
    {
        var api = await ConnectAsync("Devices:Limit=3");
        var user = await api.RegisterAsync();
        for (var round = 0; round < 3; round++)
        {
            var sessions = await Task.WhenAll(Enumerable.Range(0, Logins).Select(_ => api.LoginAsync(user)));

            var alive = new List<Session>();
            foreach (var session in sessions)
            {
                if ((await api.VerifyAsync(session.Access)).Status == 200)
                    alive.Add(session);
            }

            Assert.Equal(3, alive.Count);
            var devices = (await api.GetAsync("/api/user/devices", alive[0].Access)).AssertStatus(200).Json;
            Assert.Equal(alive.Select(session => session.DeviceId).Order(), devices.EnumerateArray().Select(device => device.Text("id")).Order());
        }
    }

    [Fact]
    public async Task An_address_goes_to_one_of_those_who_register_it_at_the_same_time()
    {
        var api = await ConnectAsync();
        for (var round = 0; round < 5; round++)
        {
            var body = new { email = ApiClient.NewEmail(), password = "walnut ladder 4711" };

            var answers = await Task.WhenAll(Enumerable.Range(0, Logins).Select(_ => api.PostAsync("/api/user/create", body)));

            var created = Assert.Single(answers, answer => answer.Status == 201);
            Assert.All(answers.Except([created]), answer => answer.AssertProblem(409, "email_taken"));
            var holder = await api.LoginAsync(new User(Id: "", body.email, body.password));
            Assert.Equal(created.Json.Text("id"), holder.User.Id);
        }
    }

    [Fact]
    public async Task Two_administrators_cannot_unmake_each_other()
    {
        var api = await ConnectToOwnServerAsync();
        var first = await api.LoginAsAdministratorAsync();
        var second = await api.LoginAsync(await api.RegisterAsync());
        for (var round = 0; round < 5; round++)
        {
            (await SetRolesAsync(api, first, second, "admin")).AssertStatus(200);
            second = await api.LoginAsync(second.User);

            var answers = await Task.WhenAll(SetRolesAsync(api, first, second), SetRolesAsync(api, second, first));

            Assert.Single(answers, answer => answer.Status == 200);
            Assert.Single(answers, answer => answer.Status is 401 or 403 or 409);
            if (answers[1].Status == 200)
                (first, second) = (second, first);
            (await api.GetAsync("/api/admin/activity?limit=1", first.Access)).AssertStatus(200);
        }
    }

    private static Task<Answer> SetRolesAsync(ApiClient api, Session administrator, Session target, params string[] roles) =>
        api.PatchAsync($"/api/admin/users/{target.User.Id}", new { roles }, administrator.Access);
}
