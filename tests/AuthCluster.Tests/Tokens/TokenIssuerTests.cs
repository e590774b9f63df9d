using System.Text.Json.Nodes;
using AuthCluster.Accounts;
using AuthCluster.Options;
using Xunit;

namespace AuthCluster.Tests.Tokens;

public sealed class TokenIssuerTests
{
    public static TheoryData<TokenAlgorithm> Algorithms => [.. Enum.GetValues<TokenAlgorithm>()];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task What_was_issued_is_read_again(TokenAlgorithm algorithm)
    {
        using var deployment = await Deployment.StartAsync(new TokenOptions { Algorithm = algorithm });
        var grant = deployment.Grant();
        var issued = deployment.Issuer.Issue(grant);

        var access = deployment.Reader.Read(issued.Access, TokenKind.Access)!;
        Assert.Equal(TokenKind.Access, access.Kind);
        Assert.Equal(grant.Account.Id, access.AccountId);
        Assert.Equal(grant.Session.Id, access.SessionId);
        Assert.Equal(grant.AccessSecret, access.Secret);
        Assert.Equal(grant.Session.Rotation.Number, access.Rotation);
        Assert.Equal(grant.Session.Authenticated.ToUnixTimeSeconds(), access.AuthenticatedAt);
        Assert.Equal(["pwd", "otp"], access.Methods.AsEnumerable());
        Assert.Equal(600, access.ExpiresAt - access.IssuedAt);

        var refresh = deployment.Reader.Read(issued.Refresh, TokenKind.Refresh)!;
        Assert.Equal(TokenKind.Refresh, refresh.Kind);
        Assert.Equal(grant.Session.Rotation.TokenId, refresh.TokenId);
        Assert.Equal(grant.RefreshSecret, refresh.Secret);
        Assert.Equal(grant.Session.Rotation.Expires.ToUnixTimeSeconds(), refresh.ExpiresAt);
        Assert.Equal((600, 30 * 86400), (issued.AccessSeconds, issued.RefreshSeconds));
    }

    [Fact]
    public async Task Headers_and_claims_are_exactly_those_of_the_contract()
    {
        using var deployment = await Deployment.StartAsync();
        var issued = deployment.Issuer.Issue(deployment.Grant());
        Assert.Equal("at+jwt", (string?)Deployment.Header(issued.Access)["typ"]);
        Assert.Equal("rt+jwt", (string?)Deployment.Header(issued.Refresh)["typ"]);
        Assert.Equal(["alg", "kid", "typ"], Names(Deployment.Header(issued.Access)));
        Assert.Equal(
            ["amr", "aud", "auth_time", "client_id", "exp", "iat", "iss", "jti", "roles", "rot", "sid", "sub", "uuid"],
            Names(deployment.Claims(issued.Access)));
        Assert.Equal(["aud", "exp", "iat", "iss", "jti", "rot", "sid", "sub", "uuid"], Names(deployment.Claims(issued.Refresh)));
    }

    [Fact]
    public async Task Roles_are_a_list_also_where_there_is_one()
    {
        using var deployment = await Deployment.StartAsync();
        var token = deployment.Issuer.Issue(deployment.Grant("{}", "admin")).Access;
        Assert.Equal("""["admin"]""", deployment.Claims(token)["roles"]!.ToJsonString());
        Assert.Equal("[]", deployment.Claims(deployment.IssueAccess())["roles"]!.ToJsonString());
    }

    [Fact]
    public async Task No_token_outlives_its_session()
    {
        using var deployment = await Deployment.StartAsync();
        var grant = deployment.Grant() with { SessionEnd = deployment.Time.GetUtcNow() + TimeSpan.FromMinutes(2) };
        var issued = deployment.Issuer.Issue(grant);
        Assert.Equal((120, 120), (issued.AccessSeconds, issued.RefreshSeconds));
        Assert.Equal(grant.SessionEnd.ToUnixTimeSeconds(), deployment.Reader.Read(issued.Access, TokenKind.Access)!.ExpiresAt);
        Assert.Equal(grant.SessionEnd.ToUnixTimeSeconds(), deployment.Reader.Read(issued.Refresh, TokenKind.Refresh)!.ExpiresAt);
    }

    [Fact]
    public async Task The_same_refresh_token_is_issued_again_but_another_access_token()
    {
        using var deployment = await Deployment.StartAsync();
        var grant = deployment.Grant();
        var first = deployment.Issuer.Issue(grant);
        deployment.Time.Advance(TimeSpan.FromSeconds(20));
        var second = deployment.Issuer.Issue(grant with { At = deployment.Time.GetUtcNow() });

        Assert.Equal(deployment.Claims(first.Refresh).ToJsonString(), deployment.Claims(second.Refresh).ToJsonString());
        Assert.Equal(first.RefreshSeconds - 20, second.RefreshSeconds);
        Assert.NotEqual((string?)deployment.Claims(first.Access)["jti"], (string?)deployment.Claims(second.Access)["jti"]);
    }

    [Fact]
    public async Task Configured_profile_members_are_copied_whatever_their_type()
    {
        var options = new TokenOptions { ProfileClaims = ["email", "email_verified", "nickname", "username", "address", "missing", "nickname"] };
        using var deployment = await Deployment.StartAsync(options);
        var profile = """{"nickname":"änn\ud83d","username":"eve","address":{"city":"Bern","codes":[1,2.50]},"email":"eve@example.org","secret":1}""";
        var token = deployment.Issuer.Issue(deployment.Grant(profile)).Access;

        Assert.NotNull(deployment.Reader.Read(token, TokenKind.Access));
        var claims = deployment.Claims(token);
        Assert.Equal("ann@example.org", (string?)claims["email"]);
        Assert.True((bool?)claims["email_verified"]);
        Assert.Equal("""{"city":"Bern","codes":[1,2.50]}""", claims["address"]!.ToJsonString());
        Assert.True(claims.ContainsKey("nickname"));
        Assert.False(claims.ContainsKey("missing") || claims.ContainsKey("username") || claims.ContainsKey("secret"));
    }

    [Fact]
    public async Task A_profile_never_sets_a_claim_of_the_token_itself()
    {
        string[] own = ["sub", "roles", "uuid", "exp", "iss", "amr", "client_id"];
        using var deployment = await Deployment.StartAsync(new TokenOptions { ProfileClaims = [.. own] });
        var profile = new JsonObject(own.Select(name => KeyValuePair.Create<string, JsonNode?>(name, "mine")));
        var grant = deployment.Grant(profile.ToJsonString());
        var token = deployment.Issuer.Issue(grant).Access;

        Assert.Equal(grant.Account.Id, deployment.Reader.Read(token, TokenKind.Access)!.AccountId);
        Assert.DoesNotContain("mine", deployment.Claims(token).ToJsonString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(JsonObject json) => json.Select(member => member.Key).Order(StringComparer.Ordinal);
}
