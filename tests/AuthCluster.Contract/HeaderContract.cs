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
}
