using System.Text.Json;
using Xunit;

namespace AuthCluster.Contract;

public abstract class ProfileContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Profile = "/api/user/profile";

    [Fact]
    public async Task The_owner_views_the_account()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync(new { nickname = "Ada" });

        var user = (await api.GetAsync("/api/user/view", session.Access)).AssertStatus(200).Json.AssertIsUser();

        Assert.Equal(session.User.Id, user.Text("id"));
        Assert.Equal(session.User.Email, user.Text("email"));
        user.AssertTime("last_login");
        user.GetProperty("profile").AssertJsonEquals("""{"nickname":"Ada"}""");
    }

    [Fact]
    public async Task A_change_sets_the_named_members_and_removes_those_that_are_null()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync(new { nickname = "Ada", town = "London", born = 1815 });

        var answer = await api.PatchAsync(Profile, RequestContent.Json("""{"nickname":"Grüße 🙂","town":null,"never":null}"""), session.Access);

        var user = answer.AssertStatus(200).Json.AssertIsUser();
        user.GetProperty("profile").AssertJsonEquals("""{"nickname":"Grüße 🙂","born":1815}""");
        var renewed = await api.RefreshAsync(session);
        var viewed = (await api.GetAsync("/api/user/view", renewed.Access)).AssertStatus(200).Json;
        viewed.GetProperty("profile").AssertJsonEquals("""{"nickname":"Grüße 🙂","born":1815}""");
    }

    [Fact]
    public async Task A_change_kills_the_access_tokens_of_all_devices_and_leaves_the_refresh_tokens()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var other = await api.LoginAsync(session.User);

        (await api.PatchAsync(Profile, new { nickname = "Ada" }, session.Access)).AssertStatus(200);

        await api.AssertAccessIsRefusedAsync(session.Access);
        await api.AssertAccessIsRefusedAsync(other.Access);
        await api.AssertLivesAsync(await api.RefreshAsync(session));
        await api.AssertLivesAsync(await api.RefreshAsync(other));
    }

    [Fact]
    public async Task A_profile_may_fill_its_bounds()
    {
        var api = await ConnectAsync();
        var members = Enumerable.Range(0, 32).ToDictionary(number => $"member{number}", number => number);

        foreach (var body in new object[] { members, new { text = new string('x', 4000) }, JsonElement.Parse("""{"a":{"b":{"c":1}}}""") })
        {
            var session = await api.SignUpAsync();
            (await api.PatchAsync(Profile, body, session.Access)).AssertStatus(200);
        }
    }

    [Fact]
    public async Task A_change_past_the_bounds_is_refused_as_a_whole()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync(new { nickname = "Ada" });
        var manyMembers = Enumerable.Range(0, 32).ToDictionary(number => $"member{number}", number => number);
        var tooDeep = JsonElement.Parse("""{"a":{"b":{"c":{"d":1}}}}""");

        foreach (var body in new object[] { manyMembers, new { text = new string('x', 4096) }, tooDeep })
        {
            var answer = await api.PatchAsync(Profile, body, session.Access);
            answer.AssertProblem(400, "validation_failed", "profile");
        }

        var viewed = (await api.GetAsync("/api/user/view", session.Access)).AssertStatus(200).Json;
        viewed.GetProperty("profile").AssertJsonEquals("""{"nickname":"Ada"}""");
    }

    [Fact]
    public async Task Nothing_is_authorised_from_a_profile()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync(new { roles = new[] { "admin" } });
        (await api.PatchAsync(Profile, new { is_admin = true, id = "x", email_verified = true, role = "admin" }, session.Access)).AssertStatus(200);

        var renewed = await api.RefreshAsync(session);

        var user = (await api.GetAsync("/api/user/view", renewed.Access)).AssertStatus(200).Json;
        Assert.Equal(session.User.Id, user.Text("id"));
        Assert.Empty(user.Texts("roles"));
        Assert.False(user.GetProperty("email_verified").GetBoolean());
        (await api.GetAsync($"/api/admin/users/{session.User.Id}", renewed.Access)).AssertProblem(403, "permission_denied");
    }

    [Fact]
    public async Task Only_an_access_token_opens_the_account()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await api.GetAsync("/api/user/view")).AssertProblem(401, "not_authenticated");
        (await api.GetAsync("/api/user/view", session.Refresh)).AssertProblem(401, "token_not_valid");
        (await api.PatchAsync(Profile, new { a = 1 })).AssertProblem(401, "not_authenticated");
        (await api.PatchAsync(Profile, new { a = 1 }, session.Refresh)).AssertProblem(401, "token_not_valid");
    }

    [Fact]
    public async Task One_user_cannot_fill_the_log_but_may_always_log_out()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        Answer answer;
        var changes = 0;
        do
        {
            answer = await api.PostAsync("/api/user/logout/others", token: session.Access);
            if (answer.Status == 200)
                session = Session.Of(session.User, answer);
        }
        while (answer.Status == 200 && ++changes < 200);

        answer.AssertProblem(429, "too_many_attempts");
        Assert.NotNull(answer.Header("Retry-After"));
        Assert.Equal(60, changes);
        (await api.PostAsync("/api/user/logout/all", token: session.Access)).AssertEmpty(204);
    }
}
