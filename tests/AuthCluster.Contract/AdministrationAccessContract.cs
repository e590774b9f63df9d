using System.Text.Json;
using AuthCluster.Contract.Catalogue;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>Who may administrate, and what he is told of accounts that are not there.</summary>
public abstract class AdministrationAccessContract(SharedServers servers) : ContractSuite(servers)
{
    private static IEnumerable<EndpointCall> Calls => Endpoints.Calls.Where(call => call.Endpoint.Caller == Caller.Administrator);

    public static TheoryData<string> Rows => [.. Calls.Select(call => call.Name)];

    public static TheoryData<string> RowsOfAnAccount =>
        [.. Calls.Where(call => call.Endpoint.Path.Contains("{id}", StringComparison.Ordinal)).Select(call => call.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Only_administrators_administrate(string row)
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var victim = await api.SignUpAsync();
        var caller = await api.SignUpAsync();

        (await SendAsync(api, row, victim.User.Id, victim, token: null)).AssertProblem(401, "not_authenticated");
        (await SendAsync(api, row, victim.User.Id, victim, caller.Access)).AssertProblem(403, "permission_denied");
        (await SendAsync(api, row, victim.User.Id, victim, administrator.Refresh)).AssertProblem(401, "token_not_valid");

        await api.AssertLivesAsync(victim);
    }

    [Theory]
    [MemberData(nameof(RowsOfAnAccount))]
    public async Task An_account_that_is_not_there_is_not_found(string row)
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();

        foreach (var id in new[] { Guid.NewGuid().ToString(), "nonsense" })
            (await SendAsync(api, row, id, administrator, administrator.Access)).AssertProblem(404, "not_found");
    }

    [Fact]
    public async Task The_activity_of_an_account_is_read()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var session = await api.SignUpAsync();
        (await api.TryLoginAsync(session.User.Email, "walnut ladder 1")).AssertStatus(401);

        var entries = (await api.GetAsync($"/api/admin/users/{session.User.Id}/activity", administrator.Access)).AssertIsList();

        Assert.All(entries, entry => Assert.Equal(session.User.Email, entry.AssertIsActivityEntry("actor").Text("email")));
        Assert.Equal(["failed", "succeeded"], entries[..2].Select(entry => entry.Text("outcome")));
    }

    [Fact]
    public async Task An_entry_names_the_administrator_whose_act_it_was_to_administrators_only()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var session = await api.SignUpAsync();
        (await api.PostAsync($"/api/admin/users/{session.User.Id}/revoke", new { token_type = "all" }, administrator.Access)).AssertEmpty(204);
        var expected = $$"""{"id":"{{administrator.User.Id}}","email":"{{AdministratorEmail}}","ip":"127.0.0.1"}""";

        foreach (var path in new[] { $"/api/admin/users/{session.User.Id}/activity", $"/api/admin/activity?email={session.User.Email}" })
        {
            var entries = (await api.GetAsync(path, administrator.Access)).AssertIsList();
            Assert.Equal("tokens_revoked", entries[0].Text("event"));
            entries[0].GetProperty("actor").AssertJsonEquals(expected);
            Assert.All(entries[1..], entry => Assert.Equal(JsonValueKind.Null, entry.GetProperty("actor").ValueKind));
        }

        var own = await api.GetAsync("/api/user/activity", (await api.LoginAsync(session.User)).Access);
        Assert.DoesNotContain(administrator.User.Id, own.AssertStatus(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotation_of_the_keys_is_an_entry_of_the_administrator()
    {
        var api = await ConnectToOwnServerAsync();
        var administrator = await api.LoginAsAdministratorAsync();

        (await api.PostAsync("/api/admin/keys/rotate", new { retire_old = false }, administrator.Access)).AssertEmpty(204);

        var entry = (await api.GetAsync("/api/admin/activity", administrator.Access)).AssertIsList()[0];
        Assert.Equal("keys_rotated", entry.Text("event"));
        Assert.Equal(administrator.User.Id, entry.GetProperty("actor").Text("id"));
    }

    [Fact]
    public async Task A_start_is_an_entry_with_the_settings_that_are_not_the_defaults()
    {
        var api = await ConnectToOwnServerAsync();
        var administrator = await api.LoginAsAdministratorAsync();

        var entries = (await api.GetAsync("/api/admin/activity?outcome=succeeded", administrator.Access)).AssertIsList();

        var reason = Assert.Single(entries, entry => entry.Text("event") == "server_started").Text("reason");
        Assert.Contains("Bootstrap:AdminPassword = (given, not shown)", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("Tokens:AccessLifetime", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_of_unknown_addresses_are_logged()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var email = ApiClient.NewEmail();
        (await api.TryLoginAsync(email, "walnut ladder 1")).AssertStatus(401);

        var entries = (await api.GetAsync($"/api/admin/activity?email={email}", administrator.Access)).AssertIsList();

        var entry = Assert.Single(entries).AssertIsActivityEntry("actor", "user_id");
        Assert.Equal("login", entry.Text("event"));
        Assert.Equal("failed", entry.Text("outcome"));
        Assert.Equal(email, entry.Text("email"));
        Assert.Equal("127.0.0.1", entry.Text("ip"));
    }

    [Fact]
    public async Task The_log_is_searched_by_outcome_address_and_time()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var session = await api.SignUpAsync();
        (await api.TryLoginAsync(session.User.Email, "walnut ladder 1")).AssertStatus(401);
        var search = $"/api/admin/activity?email={session.User.Email}";

        var failed = (await api.GetAsync($"{search}&outcome=failed", administrator.Access)).AssertIsList();
        var succeeded = (await api.GetAsync($"{search}&outcome=succeeded", administrator.Access)).AssertIsList();
        var elsewhere = (await api.GetAsync($"{search}&ip=192.0.2.7", administrator.Access)).AssertIsList();
        var here = (await api.GetAsync($"{search}&ip=127.0.0.1", administrator.Access)).AssertIsList();
        var later = (await api.GetAsync($"{search}&since=2999-01-01T00:00:00.000Z", administrator.Access)).AssertIsList();

        Assert.Single(failed);
        Assert.NotEmpty(succeeded);
        Assert.All(succeeded, entry => Assert.Equal("succeeded", entry.Text("outcome")));
        Assert.Empty(elsewhere);
        Assert.Equal(failed.Length + succeeded.Length, here.Length);
        Assert.Empty(later);
    }

    [Fact]
    public async Task The_log_is_read_page_by_page()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var user = await api.RegisterAsync();
        for (var i = 0; i < 3; i++)
            await api.LoginAsync(user);
        var search = $"/api/admin/activity?email={user.Email}";
        var all = (await api.GetAsync(search, administrator.Access)).AssertIsList().Select(entry => entry.Text("id")).ToList();

        var paged = new List<string>();
        string? cursor = null;
        do
        {
            var from = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var page = await api.GetAsync($"{search}&limit=1{from}", administrator.Access);
            paged.AddRange(page.AssertIsList().Select(entry => entry.Text("id")));
            cursor = page.Json.GetProperty("next").GetString();
        }
        while (cursor is not null && paged.Count <= all.Count);

        Assert.Equal(all, paged);
        Assert.True(all.Count >= 3);
    }

    private static Task<Answer> SendAsync(ApiClient api, string row, string account, Session named, string? token)
    {
        var call = Endpoints.CallNamed(row);
        return api.SendAsync(
            HttpMethod.Parse(call.Endpoint.Method),
            call.Endpoint.PathFor(account, named.DeviceId),
            call.BodyWith(SampleAccount.ValueOfNobody) is { } body ? RequestContent.Json(body) : null,
            token);
    }
}
