using Xunit;

namespace AuthCluster.Contract;

/// <summary>Who may administrate, and what he is told of accounts that are not there.</summary>
public abstract class AdministrationAccessContract(SharedServers servers) : ContractSuite(servers)
{
    public static TheoryData<string, string, string?> RowsOfAnAccount => new()
    {
        { "GET", "/api/admin/users/{id}", null },
        { "PATCH", "/api/admin/users/{id}", """{"is_active":false}""" },
        { "DELETE", "/api/admin/users/{id}", null },
        { "POST", "/api/admin/users/{id}/revoke", """{"token_type":"all"}""" },
        { "GET", "/api/admin/users/{id}/devices", null },
        { "DELETE", "/api/admin/users/{id}/devices/{device}", null },
        { "GET", "/api/admin/users/{id}/activity", null },
    };

    public static TheoryData<string, string, string?> Rows
    {
        get
        {
            var rows = RowsOfAnAccount;
            rows.Add("GET", "/api/admin/users?email=root@example.com", null);
            rows.Add("GET", "/api/admin/activity", null);
            rows.Add("POST", "/api/admin/keys/rotate", "{}");
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Only_administrators_administrate(string method, string row, string? body)
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var victim = await api.SignUpAsync();
        var caller = await api.SignUpAsync();
        var path = Fill(row, victim.User.Id, victim.DeviceId);

        (await SendAsync(api, method, path, body, token: null)).AssertProblem(401, "not_authenticated");
        (await SendAsync(api, method, path, body, caller.Access)).AssertProblem(403, "permission_denied");
        (await SendAsync(api, method, path, body, administrator.Refresh)).AssertProblem(401, "token_not_valid");

        await api.AssertLivesAsync(victim);
    }

    [Theory]
    [MemberData(nameof(RowsOfAnAccount))]
    public async Task An_account_that_is_not_there_is_not_found(string method, string row, string? body)
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();

        foreach (var id in new[] { Guid.NewGuid().ToString(), "nonsense" })
        {
            var path = Fill(row, id, administrator.DeviceId);
            (await SendAsync(api, method, path, body, administrator.Access)).AssertProblem(404, "not_found");
        }
    }

    [Fact]
    public async Task The_activity_of_an_account_is_read()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var session = await api.SignUpAsync();
        (await api.TryLoginAsync(session.User.Email, "walnut ladder 1")).AssertStatus(401);

        var entries = (await api.GetAsync($"/api/admin/users/{session.User.Id}/activity", administrator.Access)).AssertIsList();

        Assert.All(entries, entry => Assert.Equal(session.User.Email, entry.AssertIsActivityEntry().Text("email")));
        Assert.Equal(["failed", "succeeded"], entries[..2].Select(entry => entry.Text("outcome")));
    }

    [Fact]
    public async Task Failures_of_unknown_addresses_are_logged()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var email = ApiClient.NewEmail();
        (await api.TryLoginAsync(email, "walnut ladder 1")).AssertStatus(401);

        var entries = (await api.GetAsync($"/api/admin/activity?email={email}", administrator.Access)).AssertIsList();

        var entry = Assert.Single(entries).AssertIsActivityEntry("user_id");
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

    private static string Fill(string row, string id, string device) =>
        row.Replace("{id}", id, StringComparison.Ordinal).Replace("{device}", device, StringComparison.Ordinal);

    private static Task<Answer> SendAsync(ApiClient api, string method, string path, string? body, string? token) =>
        api.SendAsync(HttpMethod.Parse(method), path, body is null ? null : RequestContent.Json(body), token);
}
