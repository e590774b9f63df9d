using AuthCluster.Contract.Catalogue;
using Xunit;

namespace AuthCluster.Contract;

public abstract class HeaderContract(SharedServers servers) : ContractSuite(servers)
{
    [Fact]
    public async Task What_carries_tokens_or_accounts_is_never_stored()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        var refreshed = await api.TryRefreshAsync(session.Refresh);
        var others = await api.PostAsync("/api/user/logout/others", token: session.Access);

        Assert.Equal("no-store", refreshed.AssertStatus(200).Header("Cache-Control"));
        Assert.Equal("no-store", others.AssertStatus(200).Header("Cache-Control"));
    }

    [Fact]
    public async Task No_answer_is_taken_for_another_type_or_names_the_software()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var answers = new[]
        {
            await api.GetAsync("/api/user/view", session.Access),
            await api.GetAsync("/api/user/view"),
            await api.GetAsync("/api/nothing"),
            await api.GetAsync("/.well-known/jwks.json"),
            await api.GetAsync("/health/live"),
            await api.PostAsync("/api/user/login", RequestContent.Json("{")),
        };

        Assert.All(answers, answer => Assert.Equal("nosniff", answer.Header("X-Content-Type-Options")));
        Assert.All(answers, answer => Assert.Null(answer.Header("Server")));
    }

    [Fact]
    public async Task A_refused_token_is_answered_with_the_scheme_to_use()
    {
        var api = await ConnectAsync();

        foreach (var path in new[] { "/api/user/view", "/api/forward-auth", "/api/admin/activity" })
        {
            var missing = (await api.GetAsync(path)).AssertProblem(401, "not_authenticated").Header("WWW-Authenticate")!;
            var bad = (await api.GetAsync(path, "nonsense")).AssertProblem(401, "token_not_valid").Header("WWW-Authenticate")!;
            Assert.StartsWith("Bearer", missing, StringComparison.Ordinal);
            Assert.StartsWith("Bearer", bad, StringComparison.Ordinal);
            // RFC 6750 section 3.1: who sent no token is not told of an error.
            Assert.DoesNotContain("error", missing, StringComparison.Ordinal);
            Assert.Contains("error=\"invalid_token\"", bad, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pages_of_other_sites_may_not_read_answers()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/user/view");
        request.Headers.Add("Origin", "https://elsewhere.example");
        request.Headers.Add("Authorization", $"Bearer {session.Access}");

        var answer = (await api.SendAsync(request)).AssertStatus(200);

        Assert.DoesNotContain(answer.Headers.Keys, name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A proxy hands on what the browser sent. nginx makes a 500 of any other refusal than 401 and 403.</summary>
    [Fact]
    public async Task Bytes_that_are_no_text_in_a_header_that_nobody_reads_refuse_no_request()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        foreach (var header in new[] { "Cookie", "Referer", "User-Agent", "X-Anything", "X-Forwarded-For", "Accept-Language" })
        {
            var answer = await RawAsync(api, $"Authorization: Bearer {session.Access}\r\n{header}: caf\u00e9=\u00ff\u00c3(\r\n");
            Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        }

        var strict = await RawAsync(api, $"Authorization: Bearer {session.Access}\u00e9\r\n");
        Assert.DoesNotContain("HTTP/1.1 200 ", strict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_kept_of_a_user_agent_is_valid_text()
    {
        var api = await ConnectAsync();
        var user = await api.RegisterAsync();
        var body = $$"""{"email":"{{user.Email}}","password":"{{user.Password}}"}""";

        var login = await RawRequest.SendAsync(
            api,
            $"POST /api/user/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nUser-Agent: Phone\u00e9 1\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n{body}");

        Assert.StartsWith("HTTP/1.1 200 ", login, StringComparison.Ordinal);
        var session = await api.LoginAsync(user);
        var devices = (await api.GetAsync("/api/user/devices", session.Access)).AssertStatus(200).Json;
        Assert.Contains(devices.EnumerateArray(), device => device.Text("user_agent") == "Phone\uFFFD 1");
    }

    [Fact]
    public async Task What_proxies_let_through_is_read()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var many = string.Concat(Enumerable.Range(0, 190).Select(number => $"X-Header-{number}: x\r\n"));
        var large = string.Concat(Enumerable.Range(0, 7).Select(number => $"X-Large-{number}: {new string('x', 8000)}\r\n"));

        Assert.StartsWith("HTTP/1.1 200 ", await RawAsync(api, $"Authorization: Bearer {session.Access}\r\n{many}"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await RawAsync(api, $"Authorization: Bearer {session.Access}\r\n{large}"), StringComparison.Ordinal);
        Assert.StartsWith(
            "HTTP/1.1 200 ",
            await RawAsync(api, $"Authorization: Bearer {session.Access}\r\n", $"/api/forward-auth/{new string('x', 16_000)}"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_is_answered_wherever_get_is_with_the_same_status_and_no_body()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();

        foreach (var endpoint in Endpoints.All.Where(endpoint => endpoint.Method == "GET"))
        {
            var path = endpoint.PathFor(administrator.User.Id, administrator.DeviceId);
            var got = await api.GetAsync(path, administrator.Access);
            var head = await api.SendAsync(HttpMethod.Head, path, token: administrator.Access);
            Assert.Equal((endpoint.Name, got.Status), (endpoint.Name, head.Status));
            Assert.Equal(got.Header("Content-Type"), head.Header("Content-Type"));
            Assert.Empty(head.Body);
        }
    }

    private static Task<string> RawAsync(ApiClient api, string headers, string path = "/api/forward-auth") =>
        RawRequest.SendAsync(api, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
}
