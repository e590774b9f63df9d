using System.Text.Json;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>What administrators do to accounts. What becomes of tokens is in <see cref="RevocationContract"/>.</summary>
public abstract class AdministrationContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Users = "/api/admin/users";

    [Fact]
    public async Task An_account_is_found_by_its_address()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var user = await api.RegisterAsync();

        var found = (await api.GetAsync($"{Users}?email={Uri.EscapeDataString(user.Email)}", administrator.Access)).AssertIsList();
        var unknown = (await api.GetAsync($"{Users}?email={ApiClient.NewEmail()}", administrator.Access)).AssertStatus(200);

        Assert.Equal(user.Id, Assert.Single(found).AssertIsUser().Text("id"));
        unknown.Json.AssertJsonEquals("""{"items":[],"next":null}""");
    }

    [Fact]
    public async Task Accounts_are_listed_in_the_order_of_their_addresses_a_portion_at_a_time()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var mark = Guid.NewGuid().ToString("N");
        var emails = Enumerable.Range(0, 7).Select(i => $"{mark}-{i}@example.com").ToList();
        foreach (var email in Enumerable.Reverse(emails))
            await api.RegisterAsync(email);
        await api.RegisterAsync($"x{mark}@example.com");

        var listed = new List<string>();
        var path = $"{Users}?email={mark.ToUpperInvariant()}&limit=3";
        for (string? cursor = null, next = ""; next is not null; cursor = next)
        {
            var page = (await api.GetAsync(cursor is null ? path : $"{path}&cursor={cursor}", administrator.Access)).AssertStatus(200).Json;
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(user => user.AssertIsUser().Text("email")));
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(emails, listed);
        var all = (await api.GetAsync($"{Users}?limit=200", administrator.Access)).AssertIsList();
        Assert.Contains(all, user => user.Text("email") == AdministratorEmail);
    }

    [Fact]
    public async Task A_list_shows_what_became_of_its_accounts()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var mark = Guid.NewGuid().ToString("N");
        var gone = await api.RegisterAsync($"{mark}-a@example.com");
        var off = await api.RegisterAsync($"{mark}-b@example.com");
        (await api.DeleteAsync($"{Users}/{gone.Id}", administrator.Access)).AssertEmpty(204);
        (await api.PatchAsync($"{Users}/{off.Id}", new { is_active = false }, administrator.Access)).AssertStatus(200);

        var listed = Assert.Single((await api.GetAsync($"{Users}?email={mark}", administrator.Access)).AssertIsList());

        Assert.Equal(off.Id, listed.Text("id"));
        Assert.False(listed.GetProperty("is_active").GetBoolean());
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("cursor=%21", "cursor")]
    public async Task A_list_that_there_is_not_is_refused(string query, string field)
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        (await api.GetAsync($"{Users}?{query}", administrator.Access)).AssertProblem(400, "validation_failed", field);
    }

    [Fact]
    public async Task An_account_is_read_by_its_id()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var user = await api.RegisterAsync();

        var read = (await api.GetAsync($"{Users}/{user.Id}", administrator.Access)).AssertStatus(200).Json.AssertIsUser();

        Assert.Equal(user.Email, read.Text("email"));
        Assert.Equal(JsonValueKind.Null, read.GetProperty("last_login").ValueKind);
    }

    [Fact]
    public async Task Roles_are_replaced_and_count_from_the_next_access_token_on()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var session = await api.SignUpAsync();

        var answer = await api.PatchAsync($"{Users}/{session.User.Id}", new { roles = new[] { "editor", "auditor" } }, administrator.Access);

        Assert.Equal(["auditor", "editor"], answer.AssertStatus(200).Json.AssertIsUser().Texts("roles").Order(StringComparer.Ordinal));
        var renewed = await api.RefreshAsync(session);
        Assert.Equal(["auditor", "editor"], DecodedToken.Of(renewed.Access).Payload.Texts("roles").Order(StringComparer.Ordinal));
        Assert.Equal(["auditor", "editor"], renewed.Response.GetProperty("user").Texts("roles").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_administrator_is_made_and_unmade()
    {
        var api = await ConnectToOwnServerAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var session = await api.SignUpAsync();
        var path = $"{Users}/{session.User.Id}";

        (await api.PatchAsync(path, new { roles = new[] { "admin" } }, administrator.Access)).AssertStatus(200);
        var promoted = await api.RefreshAsync(session);
        (await api.GetAsync(path, promoted.Access)).AssertStatus(200);

        (await api.PatchAsync(path, new { roles = Array.Empty<string>() }, administrator.Access)).AssertStatus(200);
        (await api.GetAsync(path, promoted.Access)).AssertProblem(401, "token_not_valid");
        var demoted = await api.RefreshAsync(promoted);
        (await api.GetAsync(path, demoted.Access)).AssertProblem(403, "permission_denied");
    }

    [Fact]
    public async Task A_deactivated_account_cannot_log_in_until_it_is_active_again()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var user = await api.RegisterAsync();

        var off = await api.PatchAsync($"{Users}/{user.Id}", new { is_active = false }, administrator.Access);
        Assert.False(off.AssertStatus(200).Json.AssertIsUser().GetProperty("is_active").GetBoolean());
        (await api.TryLoginAsync(user.Email, user.Password)).AssertProblem(401, "invalid_credentials");

        var on = await api.PatchAsync($"{Users}/{user.Id}", new { is_active = true }, administrator.Access);
        Assert.True(on.AssertStatus(200).Json.AssertIsUser().GetProperty("is_active").GetBoolean());
        await api.AssertLivesAsync(await api.LoginAsync(user));
    }

    [Theory]
    [InlineData("""{"roles":"admin"}""")]
    [InlineData("""{"roles":[1]}""")]
    [InlineData("""{"is_active":"no"}""")]
    [InlineData("""{"is_active":false,"is_active":true}""")]
    public async Task A_change_of_the_wrong_type_is_refused(string body)
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var session = await api.SignUpAsync();

        var answer = await api.PatchAsync($"{Users}/{session.User.Id}", RequestContent.Json(body), administrator.Access);

        answer.AssertProblem(400, "invalid_request");
        await api.AssertLivesAsync(session);
    }

    [Fact]
    public async Task A_deleted_account_is_gone_and_its_address_free()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var user = await api.RegisterAsync();

        (await api.DeleteAsync($"{Users}/{user.Id}", administrator.Access)).AssertEmpty(204);

        (await api.GetAsync($"{Users}/{user.Id}", administrator.Access)).AssertProblem(404, "not_found");
        (await api.DeleteAsync($"{Users}/{user.Id}", administrator.Access)).AssertProblem(404, "not_found");
        Assert.NotEqual(user.Id, (await api.RegisterAsync(user.Email)).Id);
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        var api = await ConnectToOwnServerAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var path = $"{Users}/{administrator.User.Id}";
        var ownPassword = new { current_password = administrator.User.Password };

        (await api.PatchAsync(path, new { roles = Array.Empty<string>() }, administrator.Access)).AssertProblem(409, "conflict");
        (await api.PatchAsync(path, new { is_active = false }, administrator.Access)).AssertProblem(409, "conflict");
        (await api.DeleteAsync(path, administrator.Access)).AssertProblem(409, "conflict");
        (await api.DeleteAsync("/api/user/delete", administrator.Access, ownPassword)).AssertProblem(409, "conflict");

        (await api.GetAsync(path, administrator.Access)).AssertStatus(200);
        await api.AssertLivesAsync(administrator);
    }

    [Fact]
    public async Task An_administrator_who_is_not_the_last_may_go()
    {
        var api = await ConnectToOwnServerAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var second = await api.RegisterAsync();
        (await api.PatchAsync($"{Users}/{second.Id}", new { roles = new[] { "admin" } }, administrator.Access)).AssertStatus(200);

        (await api.PatchAsync($"{Users}/{second.Id}", new { is_active = false }, administrator.Access)).AssertStatus(200);

        // A deactivated administrator is none that could take over.
        (await api.DeleteAsync($"{Users}/{administrator.User.Id}", administrator.Access)).AssertProblem(409, "conflict");
        (await api.PatchAsync($"{Users}/{second.Id}", new { is_active = true }, administrator.Access)).AssertStatus(200);
        (await api.DeleteAsync($"{Users}/{administrator.User.Id}", administrator.Access)).AssertEmpty(204);
        await api.AssertIsOverAsync(administrator);
    }

    [Fact]
    public async Task The_devices_of_an_account_are_listed_and_ended()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var session = await api.SignUpAsync();
        var other = await api.LoginAsync(session.User);
        var path = $"{Users}/{session.User.Id}/devices";

        var devices = (await api.GetAsync(path, administrator.Access)).AssertIsList();
        (await api.DeleteAsync($"{path}/{session.DeviceId}", administrator.Access)).AssertEmpty(204);

        Assert.Equal(new[] { session.DeviceId, other.DeviceId }.Order(), devices.Select(device => device.AssertIsDevice().Text("id")).Order());
        await api.AssertIsOverAsync(session);
        await api.AssertLivesAsync(other);
        (await api.DeleteAsync($"{path}/{session.DeviceId}", administrator.Access)).AssertProblem(404, "not_found");
        (await api.DeleteAsync($"{path}/{administrator.DeviceId}", administrator.Access)).AssertProblem(404, "not_found");
    }

    [Fact]
    public async Task Users_of_a_domain_are_signed_out_together_and_nobody_else()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var domain = $"d{Guid.NewGuid():N}.example";
        var (ann, ben) = (await SignUpAsync(api, $"ann@{domain}"), await SignUpAsync(api, $"ben@{domain}"));
        var (near, other) = (await SignUpAsync(api, $"ann@not{domain}"), await api.SignUpAsync());

        var answer = await RevokeAllAsync(api, administrator, new { token_type = "all", domain = domain.ToUpperInvariant(), cursor = "" });

        Assert.Equal(2, answer);
        await api.AssertIsOverAsync(ann);
        await api.AssertIsOverAsync(ben);
        await api.AssertLivesAsync(near);
        await api.AssertLivesAsync(other);
        await api.AssertLivesAsync(administrator);
    }

    [Fact]
    public async Task Users_are_signed_out_together_by_role_and_by_what_their_address_begins_with()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var begin = $"x{Guid.NewGuid():N}";
        var (one, two) = (await SignUpAsync(api, $"{begin}-1@example.com"), await SignUpAsync(api, $"{begin}-2@example.com"));
        (await api.PatchAsync($"{Users}/{two.User.Id}", new { roles = new[] { "clerk" } }, administrator.Access)).AssertStatus(200);
        two = await api.LoginAsync(two.User);

        Assert.Equal(1, await RevokeAllAsync(api, administrator, new { token_type = "access", email = begin, role = "clerk", cursor = "" }));

        await api.AssertAccessIsRefusedAsync(two.Access);
        await api.AssertRefreshIsGoodAsync(two.Refresh);
        await api.AssertLivesAsync(one);
        Assert.Equal(2, await RevokeAllAsync(api, administrator, new { token_type = "all", email = begin, cursor = "" }));
        await api.AssertIsOverAsync(one);
    }

    [Fact]
    public async Task Everybody_is_meant_only_where_that_is_said()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var path = $"{Users}/revoke";

        (await api.PostAsync(path, new { token_type = "all" }, administrator.Access)).AssertProblem(400, "validation_failed", "everybody");
        (await api.PostAsync(path, new { token_type = "all", everybody = false }, administrator.Access)).AssertProblem(400, "validation_failed", "everybody");
        (await api.PostAsync(path, new { everybody = true }, administrator.Access)).AssertProblem(400, "validation_failed", "token_type");
        (await api.PostAsync(path, new { token_type = "all", email = "" }, administrator.Access)).AssertProblem(400, "validation_failed", "email");
        (await api.PostAsync(path, new { token_type = "all", email = "\u2003 " }, administrator.Access)).AssertProblem(400, "validation_failed", "email");
        (await api.PostAsync(path, new { token_type = "all", domain = "@" }, administrator.Access)).AssertProblem(400, "validation_failed", "domain");
        (await api.PostAsync(path, new { token_type = "all", everybody = true, cursor = "?" }, administrator.Access))
            .AssertProblem(400, "validation_failed", "cursor");

        await api.AssertLivesAsync(administrator);
    }

    [Fact]
    public async Task Tokens_are_revoked_by_kind_only()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var session = await api.SignUpAsync();
        var path = $"{Users}/{session.User.Id}/revoke";

        (await api.PostAsync(path, new { }, administrator.Access)).AssertProblem(400, "validation_failed", "token_type");
        (await api.PostAsync(path, new { token_type = "some" }, administrator.Access)).AssertProblem(400, "validation_failed", "token_type");

        await api.AssertLivesAsync(session);
    }

    private static async Task<Session> SignUpAsync(ApiClient api, string email) => await api.LoginAsync(await api.RegisterAsync(email));

    /// <summary>Calls until there is no more; how many users were revoked.</summary>
    private static async Task<int> RevokeAllAsync<T>(ApiClient api, Session administrator, T filter)
    {
        var body = JsonSerializer.SerializeToNode(filter)!.AsObject();
        var revoked = 0;
        do
        {
            var answer = (await api.PostAsync($"{Users}/revoke", RequestContent.Json(body.ToJsonString()), administrator.Access)).AssertStatus(200).Json;
            answer.AssertMembers("revoked", "next");
            revoked += answer.GetProperty("revoked").GetInt32();
            body["cursor"] = answer.GetProperty("next").GetString();
        }
        while (body["cursor"] is not null);
        return revoked;
    }
}
