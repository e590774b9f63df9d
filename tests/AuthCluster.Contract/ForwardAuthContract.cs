using System.Net.Http.Headers;
using Xunit;

namespace AuthCluster.Contract;

public abstract class ForwardAuthContract(SharedServers servers) : ContractSuite(servers)
{
    private const string ForwardAuth = "/api/forward-auth";

    [Fact]
    public async Task A_good_token_is_answered_with_who_it_is()
    {
        var api = await ConnectAsync();
        var session = await api.LoginAsAdministratorAsync();

        var answer = (await api.GetAsync(ForwardAuth, session.Access)).AssertStatus(200);

        Assert.Equal(session.User.Id, answer.Header("X-Auth-User"));
        Assert.Equal(ContractSuite.AdministratorEmail, answer.Header("X-Auth-Email"));
        Assert.Equal("admin", answer.Header("X-Auth-Roles"));
        Assert.Equal(session.DeviceId, answer.Header("X-Auth-Session"));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PROPFIND")]
    public async Task Any_method_and_path_below_is_judged_alike(string method)
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        foreach (var path in new[] { ForwardAuth, $"{ForwardAuth}/", $"{ForwardAuth}/shop/cart?item=1&item=2", $"{ForwardAuth}/api/user/login" })
        {
            var good = (await api.SendAsync(HttpMethod.Parse(method), path, token: session.Access)).AssertStatus(200);
            Assert.Equal(session.User.Id, good.Header("X-Auth-User"));
            var bad = (await api.SendAsync(HttpMethod.Parse(method), path, token: session.Refresh)).AssertStatus(401);
            Assert.Null(bad.Header("X-Auth-User"));
            (await api.SendAsync(HttpMethod.Parse(method), path)).AssertStatus(401);
        }
    }

    [Fact]
    public async Task The_body_of_the_judged_request_is_no_matter()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await api.PostAsync(ForwardAuth, RequestContent.Of("image/png", [1, 2, 3]), session.Access)).AssertStatus(200);
        (await api.PostAsync(ForwardAuth, RequestContent.Json("{"), session.Access)).AssertStatus(200);
    }

    [Fact]
    public async Task Without_a_good_token_nobody_is_named()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        var answers = new[]
        {
            (await api.GetAsync(ForwardAuth)).AssertProblem(401, "not_authenticated"),
            (await api.GetAsync(ForwardAuth, "nonsense")).AssertProblem(401, "token_not_valid"),
            (await api.GetAsync(ForwardAuth, session.Refresh)).AssertProblem(401, "token_not_valid"),
        };

        var names = answers.SelectMany(answer => answer.Headers.Keys);
        Assert.DoesNotContain(names, name => name.StartsWith("X-Auth", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_the_caller_claims_to_be_is_no_matter()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, ForwardAuth);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Access);
        request.Headers.Add("X-Auth-User", "somebody");
        request.Headers.Add("X-Auth-Roles", "admin");

        var answer = (await api.SendAsync(request)).AssertStatus(200);

        Assert.Equal(session.User.Id, answer.Header("X-Auth-User"));
        Assert.True(string.IsNullOrEmpty(answer.Header("X-Auth-Roles")));
    }

    [Fact]
    public async Task Values_outside_printable_ascii_are_percent_encoded()
    {
        var api = await ConnectAsync();
        var plain = ApiClient.NewEmail();
        var session = await api.LoginAsync(await api.RegisterAsync($"jürgen.{plain}"));

        var answer = (await api.GetAsync(ForwardAuth, session.Access)).AssertStatus(200);

        Assert.Equal($"j%C3%BCrgen.{plain}", answer.Header("X-Auth-Email"));
    }

    [Fact]
    public async Task Roles_are_those_the_account_has_now()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var session = await api.SignUpAsync();
        (await api.PatchAsync($"/api/admin/users/{session.User.Id}", new { roles = new[] { "editor" } }, administrator.Access)).AssertStatus(200);

        (await api.GetAsync(ForwardAuth, session.Access)).AssertProblem(401, "token_not_valid");
        var renewed = await api.RefreshAsync(session);

        Assert.Equal("editor", (await api.GetAsync(ForwardAuth, renewed.Access)).AssertStatus(200).Header("X-Auth-Roles"));
    }

    /// <summary>A proxy that puts the client's path behind ours reads another endpoint's 200 as "may pass".</summary>
    [Theory]
    [InlineData("GET", "/api/forward-auth/../../health/live")]
    [InlineData("GET", "/api/forward-auth/%2e%2e/%2e%2e/health/live")]
    [InlineData("GET", "/api/forward-auth/%252e%252e/%252e%252e/health/live")]
    [InlineData("GET", "/api/forward-auth/x/../../../.well-known/jwks.json")]
    [InlineData("GET", "/api/forward-auth/..;x=1/..;x=1/health/live")]
    [InlineData("GET", "/api/forward-auth/..\\..\\health\\live")]
    [InlineData("GET", "/api/forward-auth/..%2f..%2fhealth/live")]
    [InlineData("GET", "http://localhost/api/forward-auth/../../health/live")]
    [InlineData("OPTIONS", "/api/forward-auth/../user/create")]
    [InlineData("POST", "/api/forward-auth/../user/create")]
    [InlineData("GET", "/api/user/./view")]
    public async Task A_target_with_a_dot_segment_is_refused_before_routing(string method, string target)
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        const string preflight = "Origin: https://app.example\r\nAccess-Control-Request-Method: GET\r\n";

        foreach (var credentials in new[] { "", $"Authorization: Bearer {session.Access}\r\n" })
        {
            var answer = await RawRequest.SendAsync(
                api, $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n{preflight}{credentials}\r\n");
            Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("X-Auth-", answer, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task It_says_whether_the_address_is_confirmed()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        Assert.Equal("false", (await api.GetAsync(ForwardAuth, session.Access)).AssertStatus(200).Header("X-Auth-Email-Verified"));
    }

    [Fact]
    public async Task A_role_can_be_asked_for()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var session = await api.SignUpAsync();

        (await api.GetAsync($"{ForwardAuth}?role=admin", administrator.Access)).AssertStatus(200);
        var refused = (await api.GetAsync($"{ForwardAuth}/shop?role=admin", session.Access)).AssertProblem(403, "permission_denied");
        (await api.GetAsync($"{ForwardAuth}?role=admin&role=editor", administrator.Access)).AssertProblem(403, "permission_denied");
        Assert.Null(refused.Header("X-Auth-User"));
    }

    [Fact]
    public async Task A_preflight_passes_where_the_proxy_asks_for_that_and_names_nobody()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        var passed = (await PreflightAsync(api, HttpMethod.Options, "?preflight=pass", token: session.Access)).AssertStatus(200);

        Assert.DoesNotContain(passed.Headers.Keys, name => name.StartsWith("X-Auth", StringComparison.OrdinalIgnoreCase));
        (await PreflightAsync(api, HttpMethod.Options, "")).AssertStatus(401);
        (await PreflightAsync(api, HttpMethod.Get, "?preflight=pass")).AssertStatus(401);
        (await api.SendAsync(HttpMethod.Options, $"{ForwardAuth}?preflight=pass")).AssertStatus(401);
    }

    [Fact]
    public async Task Only_a_trusted_proxy_can_name_the_method_of_a_preflight()
    {
        var trusting = await ConnectAsync("Proxies:Trusted=127.0.0.1");
        var trustingNobody = await ConnectAsync();

        foreach (var header in new[] { "X-Forwarded-Method", "X-Original-Method" })
        {
            (await PreflightAsync(trusting, HttpMethod.Get, "?preflight=pass", header)).AssertStatus(200);
            (await PreflightAsync(trusting, HttpMethod.Get, "", header)).AssertStatus(401);
            (await PreflightAsync(trustingNobody, HttpMethod.Get, "?preflight=pass", header)).AssertStatus(401);
        }
    }

    [Fact]
    public async Task An_assertion_says_who_the_caller_is_to_one_audience_and_is_no_token()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();

        var answer = (await api.GetAsync($"{ForwardAuth}/shop?assert=https://shop.example", administrator.Access)).AssertStatus(200);

        var assertion = answer.Header("X-Auth-Assertion")!;
        var decoded = DecodedToken.Of(assertion);
        Assert.Equal("fwd+jwt", decoded.Header.Text("typ"));
        Assert.Equal("https://shop.example", decoded.Payload.Text("aud"));
        Assert.Equal(administrator.User.Id, decoded.Payload.Text("sub"));
        Assert.Equal(administrator.DeviceId, decoded.Payload.Text("sid"));
        Assert.Equal(ContractSuite.AdministratorEmail, decoded.Payload.Text("email"));
        Assert.Equal(["admin"], decoded.Payload.Texts("roles"));
        Assert.Equal(["pwd"], decoded.Payload.Texts("amr"));
        Assert.Equal(60, decoded.Payload.GetProperty("exp").GetInt64() - decoded.Payload.GetProperty("iat").GetInt64());
        (await api.GetAsync(ForwardAuth, assertion)).AssertProblem(401, "token_not_valid");
        (await api.VerifyAsync(assertion)).AssertProblem(401, "token_not_valid");
    }

    [Fact]
    public async Task An_assertion_is_made_once_for_a_session_and_audience_and_anew_when_the_account_changes()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        // The first use of a token is noted in the account.
        (await api.GetAsync(ForwardAuth, session.Access)).AssertStatus(200);
        await Task.Delay(TimeSpan.FromMilliseconds(200));

        var one = (await api.GetAsync($"{ForwardAuth}?assert=one", session.Access)).Header("X-Auth-Assertion");
        var again = (await api.GetAsync($"{ForwardAuth}?assert=one", session.Access)).Header("X-Auth-Assertion");
        var other = (await api.GetAsync($"{ForwardAuth}?assert=other", session.Access)).Header("X-Auth-Assertion");

        Assert.Equal(one, again);
        Assert.NotEqual(one, other);
        var renewed = await api.PostAsync("/api/user/logout/others", token: session.Access);
        var after = (await api.GetAsync($"{ForwardAuth}?assert=one", Session.Of(session.User, renewed).Access)).Header("X-Auth-Assertion");
        Assert.NotEqual(one, after);
    }

    [Theory]
    [InlineData("?assert=")]
    [InlineData("?assert=a&assert=b")]
    [InlineData("?assert=a%20b")]
    [InlineData("?assert=%C3%A9")]
    public async Task An_audience_is_one_printable_word(string query)
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await api.GetAsync($"{ForwardAuth}{query}", session.Access)).AssertProblem(400, "validation_failed", "assert");
    }

    private static Task<Answer> PreflightAsync(ApiClient api, HttpMethod method, string query, string? methodHeader = null, string? token = null)
    {
        var request = new HttpRequestMessage(method, $"{ForwardAuth}/shop{query}");
        request.Headers.Add("Origin", "https://app.example");
        request.Headers.Add("Access-Control-Request-Method", "PUT");
        if (methodHeader is not null)
            request.Headers.Add(methodHeader, "OPTIONS");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return api.SendAsync(request);
    }
}
