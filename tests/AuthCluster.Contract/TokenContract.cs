using AuthCluster.Contract.Catalogue;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>What tokens say, and where each kind is taken. What is refused is in <see cref="ForgeryContract"/>.</summary>
public abstract class TokenContract(SharedServers servers) : ContractSuite(servers)
{
    [Fact]
    public async Task An_access_token_says_exactly_this()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        var token = DecodedToken.Of(session.Access);

        token.Header.AssertMembers("typ", "alg", "kid");
        Assert.Equal("at+jwt", token.Header.Text("typ"));
        Assert.Equal("ES256", token.Header.Text("alg"));
        token.Payload.AssertMembers(
            "iss", "aud", "sub", "client_id", "sid", "jti", "uuid", "rot", "iat", "exp", "auth_time", "amr", "roles");
        Assert.Equal("authcluster", token.Payload.Text("iss"));
        Assert.Equal("authcluster", token.Payload.Text("aud"));
        Assert.Equal(session.User.Id, token.Payload.Text("sub"));
        Assert.Equal(session.DeviceId, token.Payload.Text("sid"));
        Assert.True(Guid.TryParseExact(token.Payload.Text("uuid"), "D", out _));
        Assert.Equal(1, token.Rotation);
        Assert.Equal(600, token.Expires - token.Issued);
        Assert.InRange(token.Issued - token.Payload.GetProperty("auth_time").GetInt64(), 0, 60);
        Assert.Equal(["pwd"], token.Payload.Texts("amr"));
        Assert.Empty(token.Payload.Texts("roles"));
    }

    [Fact]
    public async Task A_refresh_token_says_exactly_this()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        var token = DecodedToken.Of(session.Refresh);

        token.Header.AssertMembers("typ", "alg", "kid");
        Assert.Equal("rt+jwt", token.Header.Text("typ"));
        token.Payload.AssertMembers("iss", "aud", "sub", "sid", "jti", "uuid", "rot", "iat", "exp");
        Assert.Equal("authcluster", token.Payload.Text("iss"));
        Assert.Equal(session.User.Id, token.Payload.Text("sub"));
        Assert.Equal(session.DeviceId, token.Payload.Text("sid"));
        Assert.Equal(1, token.Rotation);
        Assert.InRange(token.Expires - token.Issued, (30 * 24 * 3600) - 1, 30 * 24 * 3600);
    }

    [Fact]
    public async Task Each_kind_carries_the_accounts_secret_of_that_kind()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var other = await api.LoginAsync(session.User);

        Assert.NotEqual(SecretOf(session.Access), SecretOf(session.Refresh));
        Assert.Equal(SecretOf(session.Access), SecretOf(other.Access));
        Assert.Equal(SecretOf(session.Refresh), SecretOf(other.Refresh));
        string[] tokens = [session.Access, session.Refresh, other.Access, other.Refresh];
        Assert.Equal(4, tokens.Select(token => DecodedToken.Of(token).Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_refreshed_token_remembers_when_its_owner_proved_who_he_is()
    {
        var api = await ConnectAsync();
        var first = await api.SignUpAsync();
        var second = await api.RefreshAsync(first);

        foreach (var name in new[] { "auth_time", "amr", "sub", "sid", "client_id" })
        {
            var before = DecodedToken.Of(first.Access).Payload.GetProperty(name);
            DecodedToken.Of(second.Access).Payload.GetProperty(name).AssertJsonEquals(before.GetRawText());
        }
    }

    [Fact]
    public async Task The_published_key_verifies_both_tokens_and_nothing_private_is_published()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        var keys = (await api.GetAsync("/.well-known/jwks.json")).AssertStatus(200).Json.GetProperty("keys").EnumerateArray().ToList();

        foreach (var token in new[] { DecodedToken.Of(session.Access), DecodedToken.Of(session.Refresh) })
        {
            var key = Assert.Single(keys, key => key.Text("kid") == token.KeyId);
            Assert.Equal("EC", key.Text("kty"));
            Assert.Equal("P-256", key.Text("crv"));
            Assert.True(token.IsSignedBy(key));
        }

        string[] privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
        Assert.All(keys, key => Assert.DoesNotContain(key.EnumerateObject(), member => privateMembers.Contains(member.Name)));
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    [InlineData("JWT")]
    public async Task A_token_is_sent_with_the_scheme_bearer_or_jwt(string scheme)
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        foreach (var path in new[] { "/api/user/view", "/api/forward-auth" })
            (await SendAsync(api, path, $"{scheme} {session.Access}")).AssertStatus(200);
    }

    [Fact]
    public async Task No_token_is_taken_from_anywhere_else()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        foreach (var path in new[] { "/api/user/view", "/api/forward-auth" })
        {
            (await api.GetAsync($"{path}?access_token={session.Access}&token={session.Access}")).AssertProblem(401, "not_authenticated");
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Cookie", $"access={session.Access}; access_token={session.Access}");
            request.Headers.Add("X-Access-Token", session.Access);
            (await api.SendAsync(request)).AssertProblem(401, "not_authenticated");
        }
    }

    [Fact]
    public async Task A_refresh_token_is_no_access_token_anywhere()
    {
        var api = await ConnectAsync();
        var session = await api.LoginAsAdministratorAsync();

        foreach (var endpoint in Endpoints.WithBearer)
        {
            var path = endpoint.PathFor(session.User.Id, session.DeviceId);
            (await api.SendAsync(HttpMethod.Parse(endpoint.Method), path, token: session.Refresh)).AssertProblem(401, "token_not_valid");
        }

        await api.AssertLivesAsync(session);
    }

    [Fact]
    public async Task An_expired_access_token_is_refused_and_its_session_goes_on()
    {
        var api = await ConnectAsync("Tokens:AccessLifetime=00:00:01");
        var session = await api.SignUpAsync();
        Assert.Equal(1, session.Response.GetProperty("expires_in").GetInt32());
        // Times in tokens are whole seconds.
        await Task.Delay(TimeSpan.FromSeconds(1.1));

        await api.AssertAccessIsRefusedAsync(session.Access);
        (await api.TryRefreshAsync(session.Refresh)).AssertStatus(200);
    }

    private static string SecretOf(string token) => DecodedToken.Of(token).Payload.Text("uuid");

    private static async Task<Answer> SendAsync(ApiClient api, string path, string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await api.SendAsync(request);
    }
}
