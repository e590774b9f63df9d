using Xunit;

namespace AuthCluster.Contract;

public abstract class ErrorContract(SharedServers servers) : ContractSuite(servers)
{
    [Theory]
    [InlineData("/nothing")]
    [InlineData("/api")]
    [InlineData("/api/nothing")]
    [InlineData("/api/user/nothing")]
    [InlineData("/api/user/login/nothing")]
    [InlineData("/api/admin/nothing")]
    [InlineData("/.well-known/nothing")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        var api = await ConnectAsync();

        (await api.GetAsync(path)).AssertProblem(404, "not_found");
        (await api.PostAsync(path, new { })).AssertProblem(404, "not_found");
    }

    [Theory]
    [InlineData("GET", "/api/user/create")]
    [InlineData("GET", "/api/user/login")]
    [InlineData("PUT", "/api/user/login/refresh")]
    [InlineData("POST", "/api/user/view")]
    [InlineData("DELETE", "/api/user/logout")]
    [InlineData("POST", "/api/user/devices")]
    [InlineData("GET", "/api/user/delete")]
    [InlineData("POST", "/.well-known/jwks.json")]
    public async Task A_method_that_a_path_does_not_know_is_refused(string method, string path)
    {
        var api = await ConnectAsync();

        var answer = (await api.SendAsync(HttpMethod.Parse(method), path)).AssertProblem(405, "method_not_allowed");

        // RFC 9110 section 15.5.6.
        Assert.False(string.IsNullOrEmpty(answer.Header("Allow")));
    }

    [Fact]
    public async Task Without_credentials_the_answer_says_so()
    {
        var api = await ConnectAsync();

        foreach (var path in new[] { "/api/user/view", "/api/user/devices", "/api/forward-auth", "/api/admin/activity" })
        {
            var problem = (await api.GetAsync(path)).AssertProblem(401, "not_authenticated").Json;
            Assert.Equal("Authentication credentials were not provided.", problem.Text("detail"));
        }
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a b")]
    [InlineData("bearer\tx")]
    [InlineData("Basic dXNlcjpwYXNzd29yZA==")]
    [InlineData("Digest username=\"x\"")]
    [InlineData("nonsense")]
    public async Task A_malformed_authorization_is_refused(string authorization)
    {
        var api = await ConnectAsync();

        foreach (var path in new[] { "/api/user/view", "/api/forward-auth" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            var answer = await api.SendAsync(request);
            var code = answer.AssertStatus(401).Json.Text("code");
            Assert.Contains(code, (string[])["not_authenticated", "token_not_valid"]);
            answer.AssertProblem(401, code);
        }
    }

    [Fact]
    public async Task A_code_always_has_the_same_type_and_title()
    {
        var api = await ConnectAsync();

        var one = (await api.PostAsync("/api/user/create", new { })).AssertProblem(400, "validation_failed", "email", "password").Json;
        var other = (await api.PostAsync("/api/user/login/verify", new { })).AssertProblem(400, "validation_failed", "token").Json;
        var different = (await api.GetAsync("/api/user/view")).AssertProblem(401, "not_authenticated").Json;

        Assert.Equal(one.Text("type"), other.Text("type"));
        Assert.Equal(one.Text("title"), other.Text("title"));
        Assert.NotEqual(one.Text("type"), different.Text("type"));
    }

    [Fact]
    public async Task A_malformed_header_is_refused_without_a_body()
    {
        var api = await ConnectAsync();

        var answer = await RawRequest.SendAsync(api, "GET /health/live HTTP/1.1\r\nHost: localhost\r\nBad Header: 1\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_long_headers_are_refused_without_a_body()
    {
        var api = await ConnectAsync();

        var answer = await RawRequest.SendAsync(api, $"GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Long: {new string('x', 80_000)}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }
}
