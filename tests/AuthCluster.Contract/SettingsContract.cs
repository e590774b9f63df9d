using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>Settings that show in tokens and answers.</summary>
public abstract class SettingsContract(SharedServers servers) : ContractSuite(servers)
{
    [Fact]
    public async Task Encrypted_tokens_show_nothing_and_work_alike()
    {
        var api = await ConnectAsync("Tokens:Encrypt=true");
        var session = await api.SignUpAsync();

        foreach (var token in new[] { session.Access, session.Refresh })
        {
            var parts = token.Split('.');
            Assert.Equal(5, parts.Length);
            Assert.Equal("", parts[1]);
            var header = JsonElement.Parse(Base64Url.DecodeFromChars(parts[0]));
            Assert.Equal("dir", header.Text("alg"));
            Assert.Equal("A256GCM", header.Text("enc"));
            (await api.VerifyAsync(token)).AssertStatus(200).Json.AssertJsonEquals("""{"active":true}""");
        }

        (await api.GetAsync("/api/user/view", session.Refresh)).AssertProblem(401, "token_not_valid");
        (await api.TryRefreshAsync(session.Access)).AssertProblem(401, "token_not_valid");
        var refreshed = await api.RefreshAsync(session);
        await api.AssertLivesAsync(refreshed);
        (await api.PostAsync("/api/user/logout", token: refreshed.Access)).AssertEmpty(204);
        await api.AssertIsOverAsync(refreshed);
    }

    [Fact]
    public async Task A_changed_cipher_text_is_refused()
    {
        var api = await ConnectAsync("Tokens:Encrypt=true");
        var parts = (await api.SignUpAsync()).Access.Split('.');
        var flipped = parts[3][0] == 'A' ? 'B' : 'A';

        await api.AssertAccessIsRefusedAsync($"{parts[0]}..{parts[2]}.{flipped}{parts[3][1..]}.{parts[4]}");
        await api.AssertAccessIsRefusedAsync($"{parts[0]}..{parts[2]}.{parts[3]}.");
    }

    [Fact]
    public async Task Listed_profile_members_are_copied_into_access_tokens()
    {
        var api = await ConnectAsync("Tokens:ProfileClaims:0=nickname", "Tokens:ProfileClaims:1=email", "Tokens:ProfileClaims:2=email_verified");
        var session = await api.SignUpAsync(new { nickname = "Ada", town = "London" });

        var payload = DecodedToken.Of(session.Access).Payload;

        Assert.Equal("Ada", payload.Text("nickname"));
        Assert.Equal(session.User.Email, payload.Text("email"));
        Assert.False(payload.GetProperty("email_verified").GetBoolean());
        Assert.False(payload.TryGetProperty("town", out _));
        Assert.False(DecodedToken.Of(session.Refresh).Payload.TryGetProperty("nickname", out _));
        (await api.PatchAsync("/api/user/profile", new { nickname = "Countess" }, session.Access)).AssertStatus(200);
        Assert.Equal("Countess", DecodedToken.Of((await api.RefreshAsync(session)).Access).Payload.Text("nickname"));
    }

    [Fact]
    public async Task A_shared_key_signs_and_is_not_published()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var api = await ConnectAsync("Tokens:Algorithm=HS256", $"Tokens:SigningKey={Convert.ToBase64String(key)}");
        var session = await api.SignUpAsync();

        foreach (var token in new[] { DecodedToken.Of(session.Access), DecodedToken.Of(session.Refresh) })
        {
            Assert.Equal("HS256", token.Header.Text("alg"));
            Assert.Equal(HMACSHA256.HashData(key, token.SignedText), token.Signature);
        }

        Assert.Empty((await api.GetAsync("/.well-known/jwks.json")).AssertStatus(200).Json.GetProperty("keys").EnumerateArray());
        await api.AssertLivesAsync(session);
    }

    [Fact]
    public async Task Rsa_signatures_verify_with_the_published_key()
    {
        var api = await ConnectAsync("Tokens:Algorithm=RS256");
        var session = await api.SignUpAsync();

        var token = DecodedToken.Of(session.Access);

        Assert.Equal("RS256", token.Header.Text("alg"));
        var keys = (await api.GetAsync("/.well-known/jwks.json")).AssertStatus(200).Json.GetProperty("keys");
        var key = Assert.Single(keys.EnumerateArray(), key => key.Text("kid") == token.KeyId);
        Assert.Equal("RSA", key.Text("kty"));
        Assert.DoesNotContain(key.EnumerateObject(), member => member.Name is "d" or "p" or "q" or "dp" or "dq" or "qi");
        Assert.True(token.IsSignedBy(key));
        await api.AssertLivesAsync(session);
    }

    [Fact]
    public async Task Issuer_audience_and_lifetimes_are_as_set()
    {
        var api = await ConnectAsync(
            "PublicUrl=https://login.example.com", "Tokens:Audience=shop", "Tokens:AccessLifetime=00:05:00", "Tokens:RefreshLifetime=2.00:00:00");
        var session = await api.SignUpAsync();

        var (access, refresh) = (DecodedToken.Of(session.Access), DecodedToken.Of(session.Refresh));

        Assert.Equal("https://login.example.com", access.Payload.Text("iss"));
        Assert.Equal("shop", access.Payload.Text("aud"));
        Assert.Equal(300, access.Expires - access.Issued);
        Assert.Equal(300, session.Response.GetProperty("expires_in").GetInt32());
        Assert.Equal("https://login.example.com", refresh.Payload.Text("iss"));
        Assert.InRange(refresh.Expires - refresh.Issued, (2 * 24 * 3600) - 1, 2 * 24 * 3600);
        await api.AssertAccessIsGoodAsync(session.Access);
    }

    [Fact]
    public async Task The_issuer_set_goes_before_the_public_url()
    {
        var api = await ConnectAsync("PublicUrl=https://login.example.com", "Tokens:Issuer=house");
        var session = await api.SignUpAsync();

        Assert.Equal("house", DecodedToken.Of(session.Access).Payload.Text("iss"));
    }

    [Fact]
    public async Task Each_address_has_so_many_calls_a_minute_to_what_takes_passwords()
    {
        var api = await ConnectAsync("RateLimits:PerAddress=3");
        var elsewhere = await ConnectFromAsync(IPAddress.Parse("127.0.0.3"), "RateLimits:PerAddress=3");
        var session = await api.SignUpAsync();
        (await api.TryLoginAsync(session.User.Email, "not the password 9")).AssertProblem(401, "invalid_credentials");

        var body = new { email = ApiClient.NewEmail(), password = "walnut ladder 4711" };
        (await api.TryLoginAsync(session.User.Email, session.User.Password)).AssertProblem(429, "too_many_attempts");
        Assert.InRange((await api.PostAsync("/api/user/create", body)).AssertProblem(429, "too_many_attempts").RetryAfter.TotalSeconds, 1, 60);

        await api.AssertLivesAsync(session);
        await elsewhere.LoginAsync(session.User);
    }

    [Fact]
    public async Task Passwords_are_as_long_as_the_settings_ask()
    {
        var api = await ConnectAsync("Passwords:MinimumLength=12");
        var email = ApiClient.NewEmail();

        // The limit counts characters as people do: an emoji is one, though it takes several bytes and two UTF-16 units.
        foreach (var tooShort in new[] { "elevenchars", "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂" })
            (await api.PostAsync("/api/user/create", new { email, password = tooShort })).AssertProblem(400, "validation_failed", "password");
        (await api.PostAsync("/api/user/create", new { email, password = "twelve chars" })).AssertStatus(201);
    }
}
