using Xunit;

namespace AuthCluster.Contract;

/// <summary>The access token of the pages as a cookie of the whole site, which a proxy asks about.</summary>
public abstract class AccessCookieContract(SharedServers servers) : ContractSuite(servers)
{
    private const string On = "Pages:AccessCookie=true";

    [Fact]
    public async Task A_page_that_is_logged_in_passes_the_proxy_without_a_script()
    {
        var api = await ConnectAsync(On);
        var login = await LoginAsync(api);
        var access = login.Cookie("access");

        Assert.Equal(login.Json.Text("access"), access);
        var maxAge = login.Json.GetProperty("expires_in").GetInt32();
        Assert.Equal($"access={access}; max-age={maxAge}; path=/; samesite=lax; httponly", login.SetCookie("access"));
        Assert.Equal(login.Json.GetProperty("user").Text("id"), (await AskAsync(api, $"access={access}")).AssertStatus(200).Header("X-Auth-User"));
        var refreshed = await api.PostFromPageAsync("/api/session/refresh", cookies: $"refresh={login.Cookie("refresh")}");
        (await AskAsync(api, $"access={refreshed.AssertStatus(200).Cookie("access")}")).AssertStatus(200);
    }

    [Fact]
    public async Task It_is_dead_with_its_session_and_a_logout_takes_it_back()
    {
        var api = await ConnectAsync(On);
        var login = await LoginAsync(api);

        var logout = await api.PostFromPageAsync("/api/session/logout", cookies: $"refresh={login.Cookie("refresh")}");

        logout.AssertEmpty(204);
        Assert.Equal("access=; max-age=0; path=/; samesite=lax; httponly", logout.SetCookie("access"));
        (await AskAsync(api, $"access={login.Cookie("access")}")).AssertProblem(401, "token_not_valid");
    }

    [Theory]
    [InlineData("GET", "Sec-Fetch-Site: same-origin", true)]
    [InlineData("POST", "Sec-Fetch-Site: same-origin", true)]
    [InlineData("GET", "Sec-Fetch-Site: none", true)]
    [InlineData("GET", "Sec-Fetch-Site: same-site", false)]
    [InlineData("GET", "Sec-Fetch-Site: cross-site", false)]
    [InlineData("POST", "Sec-Fetch-Site: cross-site", false)]
    [InlineData("GET", "Sec-Fetch-Site: Same-Origin", false)]
    [InlineData("GET", "Sec-Fetch-Mode: navigate", false)]
    [InlineData("GET", null, true)]
    [InlineData("HEAD", null, true)]
    [InlineData("POST", null, false)]
    [InlineData("DELETE", null, false)]
    public async Task It_counts_for_our_own_pages_only(string method, string? header, bool counts)
    {
        var api = await ConnectAsync(On);
        var login = await LoginAsync(api);

        var answer = await AskAsync(api, $"access={login.Cookie("access")}", method, header?.Split(": ") ?? []);

        answer.AssertStatus(counts ? 200 : 401);
    }

    [Theory]
    [InlineData("GET", 200)]
    [InlineData("POST", 401)]
    public async Task A_trusted_proxy_names_the_method(string method, int status)
    {
        var api = await ConnectAsync(On, "Proxies:Trusted=127.0.0.1");
        var login = await LoginAsync(api);

        var answer = await AskAsync(api, $"access={login.Cookie("access")}", "GET", ["X-Forwarded-Method", method]);

        answer.AssertStatus(status);
    }

    [Theory]
    [InlineData("Bearer x", "token_not_valid")]
    [InlineData("Basic eDp5", "not_authenticated")]
    public async Task Beside_an_authorization_header_it_does_not_count(string authorization, string code)
    {
        var api = await ConnectAsync(On);
        var login = await LoginAsync(api);

        var answer = await AskAsync(api, $"access={login.Cookie("access")}", "GET", ["Authorization", authorization]);

        answer.AssertProblem(401, code);
    }

    [Fact]
    public async Task On_https_only_the_name_that_no_neighbour_can_set_counts()
    {
        var api = await ConnectAsync(On, "PublicUrl=https://auth.example.com");
        var user = await api.RegisterAsync();
        var login = await api.PostFromPageAsync(
            "/api/session/login", new { email = user.Email, password = user.Password }, origin: "https://auth.example.com");
        var access = login.AssertStatus(200).Json.Text("access");

        Assert.EndsWith("; path=/; secure; samesite=lax; httponly", login.SetCookie("__Host-access"), StringComparison.Ordinal);
        (await AskAsync(api, $"__Host-access={access}")).AssertStatus(200);
        (await AskAsync(api, $"access={access}")).AssertProblem(401, "not_authenticated");
    }

    [Fact]
    public async Task No_other_endpoint_takes_it()
    {
        var api = await ConnectAsync(On);
        var login = await LoginAsync(api);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/user/view");
        request.Headers.Add("Cookie", $"access={login.Cookie("access")}");

        (await api.SendAsync(request)).AssertProblem(401, "not_authenticated");
    }

    private static async Task<Answer> LoginAsync(ApiClient api)
    {
        var user = await api.RegisterAsync();
        return (await api.PostFromPageAsync("/api/session/login", new { email = user.Email, password = user.Password })).AssertStatus(200);
    }

    private static async Task<Answer> AskAsync(ApiClient api, string cookies, string method = "GET", params string[] header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), "/api/forward-auth");
        request.Headers.Add("Cookie", cookies);
        if (header is [var name, var value])
            request.Headers.TryAddWithoutValidation(name, value);
        return await api.SendAsync(request);
    }
}
