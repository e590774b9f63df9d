using System.Text.Json.Nodes;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>Living tokens of the system that users come from: nobody is signed out by the move, and a log-out is final at last.</summary>
public abstract class LegacyContract(SharedServers servers) : ContractSuite(servers)
{
    private const string ForwardAuth = "/api/forward-auth";
    private const string Exchange = "/api/user/login/legacy";

    private static readonly string[] Reading = ["/api/user/view", "/api/user/devices", "/api/user/activity", ForwardAuth];

    [Fact]
    public async Task A_living_access_token_reads_and_passes_the_proxy()
    {
        var api = await ConnectAsync(LegacyToken.Settings);
        var user = await api.RegisterAsync();
        var token = LegacyToken.Access(user.Id);

        foreach (var path in Reading)
            (await api.GetAsync(path, token)).AssertStatus(200);
        Assert.Equal(user.Email, (await api.GetAsync("/api/user/view", token)).Json.Text("email"));
        var passed = await api.GetAsync(ForwardAuth, token);
        Assert.Equal((user.Id, user.Email), (passed.Header("X-Auth-User"), passed.Header("X-Auth-Email")));
        Assert.False(passed.Headers.ContainsKey("X-Auth-Session"));
        var claims = (await api.VerifyAsync(token)).AssertStatus(200).Json;
        Assert.True(claims.GetProperty("active").GetBoolean());
        Assert.Equal(user.Id, claims.Text("user_id"));
        Assert.Empty(claims.Texts("roles"));
    }

    [Fact]
    public async Task It_changes_nothing_but_that_it_is_logged_out()
    {
        var api = await ConnectAsync(LegacyToken.Settings);
        var user = await api.RegisterAsync();
        var token = LegacyToken.Access(user.Id);

        (await api.PatchAsync("/api/user/profile", new { town = "Bergen" }, token)).AssertProblem(401, "token_not_valid");
        (await api.PostAsync("/api/user/logout/others", token: token)).AssertProblem(401, "token_not_valid");
        (await api.DeleteAsync("/api/user/delete", token, new { current_password = user.Password })).AssertProblem(401, "token_not_valid");
        (await api.GetAsync("/api/user/export", token)).AssertProblem(401, "token_not_valid");
        (await api.GetAsync("/api/admin/users", token)).AssertProblem(401, "token_not_valid");
        (await api.TryRefreshAsync(LegacyToken.Refresh(user.Id))).AssertProblem(401, "token_not_valid");
        (await api.GetAsync($"{ForwardAuth}?role=editor", token)).AssertProblem(403, "permission_denied");
        (await api.GetAsync($"{ForwardAuth}?amr=otp", token)).AssertProblem(403, "mfa_step_up_required");
        (await api.GetAsync($"{ForwardAuth}?assert=shop", token)).AssertProblem(403, "mfa_step_up_required");
    }

    [Fact]
    public async Task The_first_log_out_of_a_token_is_final()
    {
        var api = await ConnectAsync(LegacyToken.Settings);
        var user = await api.RegisterAsync();
        var (token, other) = (LegacyToken.Access(user.Id), LegacyToken.Access(user.Id));
        (await api.GetAsync(ForwardAuth, token)).AssertStatus(200);

        (await api.PostAsync("/api/user/logout", token: token)).AssertStatus(204);

        await AssertDeadAsync(api, token);
        (await api.GetAsync(ForwardAuth, other)).AssertStatus(200);
        (await api.PostAsync("/api/user/logout", token: token)).AssertProblem(401, "token_not_valid");
    }

    [Fact]
    public async Task To_log_out_everywhere_ends_sessions_and_legacy_tokens_alike()
    {
        var api = await ConnectAsync(LegacyToken.Settings);
        var session = await api.SignUpAsync();
        string[] tokens = [LegacyToken.Access(session.User.Id), LegacyToken.Access(session.User.Id), LegacyToken.Refresh(session.User.Id)];
        (await api.GetAsync(ForwardAuth, tokens[1])).AssertStatus(200);

        (await api.PostAsync("/api/user/logout/all", token: tokens[0])).AssertStatus(204);

        foreach (var token in tokens)
            await AssertDeadAsync(api, token);
        await api.AssertAccessIsRefusedAsync(session.Access);
        await api.AssertRefreshIsRefusedAsync(session.Refresh);
    }

    [Theory]
    [InlineData("/api/user/logout/all", null)]
    [InlineData("/api/user/logout/others", null)]
    [InlineData("/api/user/password", "cobalt window 2219")]
    public async Task What_ends_sessions_ends_legacy_tokens(string path, string? newPassword)
    {
        var api = await ConnectAsync(LegacyToken.Settings);
        var session = await api.SignUpAsync();
        var token = LegacyToken.Access(session.User.Id);
        (await api.GetAsync(ForwardAuth, token)).AssertStatus(200);

        var body = newPassword is null ? null : new { current_password = session.User.Password, new_password = newPassword };
        Assert.InRange((await api.PostAsync(path, body, session.Access)).Status, 200, 204);

        await AssertDeadAsync(api, token);
        await AssertDeadAsync(api, LegacyToken.Refresh(session.User.Id));
    }

    [Theory]
    [InlineData("access")]
    [InlineData("refresh")]
    [InlineData("all")]
    public async Task What_an_administrator_revokes_ends_legacy_tokens(string kind)
    {
        var api = await ConnectAsync(LegacyToken.Settings);
        var user = await api.RegisterAsync();
        var token = LegacyToken.Access(user.Id);
        (await api.GetAsync(ForwardAuth, token)).AssertStatus(200);
        var administrator = await api.LoginAsAdministratorAsync();

        (await api.PostAsync($"/api/admin/users/{user.Id}/revoke", new { token_type = kind }, administrator.Access)).AssertStatus(204);

        await AssertDeadAsync(api, token);
    }

    [Fact]
    public async Task A_deactivated_accounts_legacy_tokens_do_not_come_back()
    {
        var api = await ConnectAsync(LegacyToken.Settings);
        var user = await api.RegisterAsync();
        var token = LegacyToken.Access(user.Id);
        var administrator = await api.LoginAsAdministratorAsync();

        foreach (var active in new[] { false, true })
        {
            (await api.PatchAsync($"/api/admin/users/{user.Id}", new { is_active = active }, administrator.Access)).AssertStatus(200);
            await AssertDeadAsync(api, token);
        }
    }

    [Theory]
    [InlineData("access")]
    [InlineData("refresh")]
    public async Task A_token_becomes_a_session_once(string kind)
    {
        var api = await ConnectAsync(LegacyToken.Settings);
        var user = await api.RegisterAsync();
        var token = LegacyToken.Make(LegacyToken.Claims(user.Id, kind));

        var answer = (await api.PostAsync(Exchange, new { token, device_name = "Laptop" })).AssertIsTokenResponse();

        var session = Session.Of(user, answer);
        await api.AssertLivesAsync(session);
        Assert.Equal("Laptop", answer.Json.GetProperty("device").Text("name"));
        Assert.Empty(DecodedToken.Of(session.Access).Payload.Texts("amr"));
        await api.AssertLivesAsync(await api.RefreshAsync(session));
        await AssertDeadAsync(api, token);
        Assert.Equal("legacy_token", (await api.GetAsync("/api/user/activity", (await api.RefreshAsync(session)).Access)).Json[0].Text("reason"));
    }

    [Fact]
    public async Task Of_many_exchanges_at_once_one_succeeds()
    {
        var api = await ConnectAsync(LegacyToken.Settings);
        var token = LegacyToken.Refresh((await api.RegisterAsync()).Id);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => api.PostAsync(Exchange, new { token })));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.AssertProblem(401, "token_not_valid"));
    }

    [Fact]
    public async Task What_the_other_system_did_not_sign_is_worth_nothing()
    {
        var api = await ConnectAsync(LegacyToken.Settings);
        var id = (await api.RegisterAsync()).Id;
        var claims = LegacyToken.Claims(id, "access");
        var good = LegacyToken.Make(claims);
        (await api.GetAsync(ForwardAuth, good)).AssertStatus(200);

        string[] forged =
        [
            LegacyToken.Make(claims, key: "another secret of another system, not this one"),
            LegacyToken.Make(claims, header: new JsonObject { ["alg"] = "none" }),
            $"{good[..(good.LastIndexOf('.') + 1)]}",
            $"{good}A",
            LegacyToken.Make(With(claims, "exp", DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 1)),
            LegacyToken.Make(With(claims, "iat", DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 600)),
            LegacyToken.Make(With(claims, "nbf", DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 600)),
            LegacyToken.Make(With(claims, "token_type", "sliding")),
            LegacyToken.Make(With(claims, "user_id", Guid.NewGuid().ToString())),
        ];

        foreach (var token in forged)
            await AssertDeadAsync(api, token);
        (await api.GetAsync(ForwardAuth, LegacyToken.Refresh(id))).AssertProblem(401, "token_not_valid");
    }

    [Fact]
    public async Task Where_no_system_is_named_its_tokens_are_worth_nothing()
    {
        var api = await ConnectAsync();

        await AssertDeadAsync(api, LegacyToken.Access((await api.RegisterAsync()).Id));
    }

    [Fact]
    public async Task After_the_time_of_the_setting_its_tokens_are_worth_nothing()
    {
        var api = await ConnectAsync([.. LegacyToken.Settings, "Legacy:0:Until=2020-01-01"]);

        await AssertDeadAsync(api, LegacyToken.Access((await api.RegisterAsync()).Id));
    }

    private static JsonObject With(JsonObject claims, string name, JsonNode value)
    {
        var changed = claims.DeepClone().AsObject();
        changed[name] = value;
        return changed;
    }

    private static async Task AssertDeadAsync(ApiClient api, string token)
    {
        foreach (var path in Reading)
            (await api.GetAsync(path, token)).AssertProblem(401, "token_not_valid");
        (await api.VerifyAsync(token)).AssertProblem(401, "token_not_valid");
        (await api.PostAsync(Exchange, new { token })).AssertProblem(401, "token_not_valid");
    }
}
