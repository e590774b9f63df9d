using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>What other services ask: introspection, revocation, and where to find both.</summary>
public abstract class ServicesContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Secret = "a secret of more than 32 characters, made for this test";
    private const string Introspect = "/oauth/introspect";
    private const string Revoke = "/oauth/revoke";
    private const string RevokeSubject = "/oauth/global-token-revocation";
    private const string Inactive = """{"active":false}""";

    private static readonly string[] Services = ["Services:0:Id=billing", $"Services:0:Secret={Secret}", "Services:1:Id=other", $"Services:1:SecretHash={HashOfOther}"];

    private static string HashOfOther => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes("other " + Secret)));

    [Fact]
    public async Task A_good_token_is_introspected_with_its_claims()
    {
        var api = await ConnectAsync(Services);
        var session = await api.SignUpAsync();

        foreach (var token in new[] { session.Access, session.Refresh })
        {
            var claims = (await FormAsync(api, Introspect, token)).AssertStatus(200).Json;
            Assert.True(claims.GetProperty("active").GetBoolean());
            Assert.Equal(session.User.Id, claims.Text("sub"));
            Assert.Equal(session.DeviceId, claims.Text("sid"));
            Assert.Equal("Bearer", claims.Text("token_type"));
        }

        (await FormAsync(api, Introspect, session.Access, Basic("other", "other " + Secret))).AssertStatus(200);
    }

    [Fact]
    public async Task Every_bad_token_has_the_same_answer()
    {
        var api = await ConnectAsync(Services);
        var session = await api.SignUpAsync();
        (await api.PostAsync("/api/user/logout/all", token: session.Access)).AssertEmpty(204);

        foreach (var token in new[] { session.Access, session.Refresh, session.DeviceToken, "nonsense", "a.b.c" })
            Assert.Equal(Inactive, (await FormAsync(api, Introspect, token)).AssertStatus(200).Text);
    }

    [Fact]
    public async Task Only_a_service_may_introspect()
    {
        var api = await ConnectAsync(Services);
        var session = await api.SignUpAsync();

        foreach (var credentials in new[] { null, new AuthenticationHeaderValue("Bearer", session.Access) })
        {
            var refused = (await FormAsync(api, Introspect, session.Access, credentials, none: credentials is null)).AssertStatus(401);
            Assert.StartsWith("Basic", refused.Header("WWW-Authenticate"), StringComparison.Ordinal);
            Assert.Equal("invalid_client", refused.Json.Text("error"));
        }

        foreach (var (id, secret) in new[] { ("billing", "wrong"), ("nobody", Secret), ("other", Secret), ("", ""), ("billing", "") })
        {
            var refused = (await FormAsync(api, Introspect, session.Access, Basic(id, secret))).AssertProblem(401, "invalid_credentials");
            Assert.Equal("invalid_client", refused.Json.Text("error"));
        }
    }

    [Fact]
    public async Task A_missing_token_is_told_in_the_words_of_both_standards()
    {
        var api = await ConnectAsync(Services);

        foreach (var path in new[] { Introspect, Revoke })
        {
            using var body = RequestContent.Form([("token_type_hint", "access_token")]);
            var refused = (await SendAsync(api, path, body, Basic("billing", Secret))).AssertProblem(400, "validation_failed", "token");
            Assert.Equal("invalid_request", refused.Json.Text("error"));
        }
    }

    [Fact]
    public async Task The_holder_of_either_token_may_end_its_session()
    {
        var api = await ConnectAsync(Services);
        var one = await api.SignUpAsync();
        var other = await api.LoginAsync(one.User);
        var third = await api.LoginAsync(one.User);

        (await FormAsync(api, Revoke, one.Refresh, none: true)).AssertStatus(200);
        (await FormAsync(api, Revoke, other.Access)).AssertStatus(200);

        await api.AssertIsOverAsync(one);
        await api.AssertIsOverAsync(other);
        await api.AssertLivesAsync(third);
    }

    [Fact]
    public async Task To_revoke_an_unknown_token_is_no_fault_but_wrong_credentials_are()
    {
        var api = await ConnectAsync(Services);
        var session = await api.SignUpAsync();

        (await FormAsync(api, Revoke, "nonsense", none: true)).AssertStatus(200);
        (await FormAsync(api, Revoke, session.Refresh, Basic("billing", "wrong"))).AssertProblem(401, "invalid_credentials");
        await api.AssertLivesAsync(session);
    }

    [Fact]
    public async Task A_service_may_end_every_session_of_a_user_named_in_any_form()
    {
        var api = await ConnectAsync([.. Services, "Tokens:Issuer=https://auth.example.com"]);
        var user = await api.RegisterAsync();
        var subjects = new object[]
        {
            new { sub_id = new { format = "email", email = user.Email } },
            new { sub_id = new { format = "iss_sub", iss = "https://auth.example.com", sub = user.Id } },
            new { sub_id = new { format = "opaque", id = user.Id } },
            new { subject = new { format = "opaque", id = user.Id } },
        };

        foreach (var subject in subjects)
        {
            var session = await api.LoginAsync(user);
            (await JsonAsync(api, subject)).AssertEmpty(204);
            await api.AssertIsOverAsync(session);
        }
    }

    [Fact]
    public async Task A_subject_that_is_nobody_is_not_found_and_one_without_form_is_refused()
    {
        var api = await ConnectAsync(Services);
        var user = await api.RegisterAsync();

        (await JsonAsync(api, new { sub_id = new { format = "email", email = ApiClient.NewEmail() } })).AssertProblem(404, "not_found");
        (await JsonAsync(api, new { sub_id = new { format = "iss_sub", iss = "https://elsewhere.example", sub = user.Id } })).AssertProblem(404, "not_found");
        (await JsonAsync(api, new { sub_id = new { format = "phone_number", phone_number = "+1" } })).AssertProblem(400, "validation_failed", "sub_id");
        (await JsonAsync(api, new { })).AssertProblem(400, "validation_failed", "sub_id");
    }

    [Fact]
    public async Task The_metadata_name_every_address_a_service_needs()
    {
        var api = await ConnectAsync([.. Services, "PublicUrl=https://auth.example.com/"]);

        var metadata = (await api.GetAsync("/.well-known/oauth-authorization-server")).AssertStatus(200);

        Assert.Equal("https://auth.example.com/", metadata.Json.Text("issuer"));
        Assert.Equal("https://auth.example.com/.well-known/jwks.json", metadata.Json.Text("jwks_uri"));
        Assert.Equal($"https://auth.example.com{Introspect}", metadata.Json.Text("introspection_endpoint"));
        Assert.Equal($"https://auth.example.com{Revoke}", metadata.Json.Text("revocation_endpoint"));
        Assert.Equal(metadata.Text, (await api.GetAsync("/.well-known/openid-configuration")).AssertStatus(200).Text);
    }

    private static AuthenticationHeaderValue Basic(string id, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));

    private static Task<Answer> JsonAsync(ApiClient api, object body) =>
        SendAsync(api, RevokeSubject, System.Net.Http.Json.JsonContent.Create(body, body.GetType()), Basic("billing", Secret));

    private static async Task<Answer> FormAsync(
        ApiClient api, string path, string token, AuthenticationHeaderValue? credentials = null, bool none = false)
    {
        using var body = RequestContent.Form([("token", token), ("token_type_hint", "refresh_token")]);
        return await SendAsync(api, path, body, none ? null : credentials ?? Basic("billing", Secret));
    }

    private static async Task<Answer> SendAsync(ApiClient api, string path, HttpContent body, AuthenticationHeaderValue? credentials)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        request.Headers.Authorization = credentials;
        return await api.SendAsync(request);
    }
}
