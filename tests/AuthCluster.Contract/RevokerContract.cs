using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;
using Base64 = System.Buffers.Text.Base64Url;

namespace AuthCluster.Contract;

/// <summary>Sessions ended from outside, by the JWT of an identity provider.</summary>
public abstract class RevokerContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Path = "/oauth/global-token-revocation";
    private const string Issuer = "https://idp.example";
    private const string Audience = "https://id.example.com" + Path;

    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly string KeyFile = WriteKeys();

    private static readonly string[] Settings =
    [
        "PublicUrl=https://id.example.com", $"Revokers:0:Issuer={Issuer}", $"Revokers:0:Keys={KeyFile}", "Revokers:0:Domains:0=Example.com",
    ];

    public static TheoryData<string> Faults =>
    [
        "another key", "another issuer", "another audience", "over", "not yet", "too long", "no jti", "no iat", "no exp", "an access token", "HS256", "none",
        "another key id", "nonsense",
    ];

    [Fact]
    public async Task The_word_of_a_revoker_ends_every_session_once()
    {
        var api = await ConnectAsync(Settings);
        var session = await api.SignUpAsync();
        var word = Word(new JsonObject());

        (await RevokeAsync(api, word, ByEmail(session))).AssertEmpty(204);

        await api.AssertIsOverAsync(session);
        var again = await api.LoginAsync(session.User);
        (await RevokeAsync(api, word, ByEmail(session))).AssertProblem(401, "token_not_valid");
        await api.AssertLivesAsync(again);
    }

    [Fact]
    public async Task Of_64_uses_of_one_word_one_counts()
    {
        var api = await ConnectAsync([.. Settings, "RateLimits:PerAddress=0"]);
        var session = await api.SignUpAsync();
        var word = Word(new JsonObject());

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => RevokeAsync(api, word, ByEmail(session))));

        Assert.Single(answers, answer => answer.Status == 204);
        Assert.All(answers, answer => Assert.True(answer.Status is 204 or 401 or 503, $"{answer.Status}"));
    }

    [Fact]
    public async Task A_user_is_named_by_address_or_by_id()
    {
        var api = await ConnectAsync(Settings);
        var session = await api.SignUpAsync();

        (await RevokeAsync(api, Word(new JsonObject()), new { sub_id = new { format = "opaque", id = session.User.Id } })).AssertEmpty(204);

        await api.AssertIsOverAsync(session);
        (await RevokeAsync(api, Word(new JsonObject()), new { sub_id = new { format = "email", email = "nobody@example.com" } })).AssertProblem(404, "not_found");
        (await RevokeAsync(api, Word(new JsonObject()), new { })).AssertProblem(400, "validation_failed", "sub_id");
    }

    [Fact]
    public async Task Users_of_other_domains_are_none_of_its_business()
    {
        var api = await ConnectAsync(Settings);
        var user = await api.RegisterAsync($"ann-{Guid.NewGuid():N}@elsewhere.org");
        var session = await api.LoginAsync(user);

        (await RevokeAsync(api, Word(new JsonObject()), ByEmail(session))).AssertProblem(403, "permission_denied");
        (await RevokeAsync(api, Word(new JsonObject()), new { sub_id = new { format = "email", email = "nobody@elsewhere.org" } }))
            .AssertProblem(403, "permission_denied");
        (await RevokeAsync(api, Word(new JsonObject()), new { sub_id = new { format = "opaque", id = session.User.Id } }))
            .AssertProblem(403, "permission_denied");

        await api.AssertLivesAsync(session);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_word_that_is_not_right_ends_nothing(string fault)
    {
        var api = await ConnectAsync([.. Settings, "RateLimits:PerAddress=0"]);
        var session = await api.SignUpAsync();

        var refused = (await RevokeAsync(api, WordWith(fault), ByEmail(session))).AssertProblem(401, "token_not_valid");

        Assert.StartsWith("Bearer", refused.Header("WWW-Authenticate"), StringComparison.Ordinal);
        await api.AssertLivesAsync(session);
    }

    [Fact]
    public async Task A_token_of_ours_is_no_word()
    {
        var api = await ConnectAsync(Settings);
        var session = await api.SignUpAsync();

        (await RevokeAsync(api, session.Access, ByEmail(session))).AssertProblem(401, "token_not_valid");
    }

    [Fact]
    public async Task Keys_that_are_out_of_reach_are_neither_right_nor_wrong()
    {
        var api = await ConnectToOwnServerAsync($"Revokers:0:Issuer={Issuer}", "Revokers:0:Keys=http://127.0.0.1:9/keys", "Revokers:0:Domains:0=example.com");
        var session = await api.SignUpAsync();

        (await RevokeAsync(api, Word(new JsonObject()), ByEmail(session))).AssertStatus(503);

        await api.AssertLivesAsync(session);
    }

    private static string WordWith(string fault)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return fault switch
        {
            "another key" => Word(new JsonObject(), key: other),
            "another issuer" => Word(new JsonObject { ["iss"] = "https://evil.example" }),
            "another audience" => Word(new JsonObject { ["aud"] = "https://elsewhere.example" + Path }),
            "over" => Word(new JsonObject { ["iat"] = now - 300, ["exp"] = now - 1 }),
            "not yet" => Word(new JsonObject { ["iat"] = now + 120, ["exp"] = now + 240 }),
            "too long" => Word(new JsonObject { ["exp"] = now + 301 }),
            "no jti" => Word(new JsonObject { ["jti"] = null }),
            "no iat" => Word(new JsonObject { ["iat"] = null }),
            "no exp" => Word(new JsonObject { ["exp"] = null }),
            "an access token" => Word(new JsonObject(), header: new JsonObject { ["typ"] = "at+jwt" }),
            "HS256" => SignedByPublicKey(),
            "none" => Word(new JsonObject(), header: new JsonObject { ["alg"] = "none" }),
            "another key id" => Word(new JsonObject(), header: new JsonObject { ["kid"] = "other" }),
            "nonsense" => "nonsense",
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault."),
        };
    }

    /// <param name="change">Claims in place of good ones; <c>null</c> takes one out.</param>
    private static string Word(JsonObject change, JsonObject? header = null, ECDsa? key = null)
    {
        var signed = Unsigned(change, header);
        return $"{signed}.{Base64.EncodeToString((key ?? Key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string SignedByPublicKey()
    {
        var signed = Unsigned(new JsonObject(), new JsonObject { ["alg"] = "HS256" });
        return $"{signed}.{Base64.EncodeToString(HMACSHA256.HashData(Key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Unsigned(JsonObject change, JsonObject? header)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = Issuer, ["aud"] = Audience, ["jti"] = Guid.NewGuid().ToString(), ["iat"] = now, ["exp"] = now + 60 };
        var good = new JsonObject { ["alg"] = "ES256", ["kid"] = "one", ["typ"] = "global-token-revocation+jwt" };
        return $"{Part(Changed(good, header))}.{Part(Changed(claims, change))}";
    }

    private static JsonObject Changed(JsonObject good, JsonObject? change)
    {
        foreach (var (name, value) in change ?? [])
        {
            if (value is null)
                good.Remove(name);
            else
                good[name] = value.DeepClone();
        }

        return good;
    }

    private static string Part(JsonObject json) => Base64.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static string WriteKeys()
    {
        var point = Key.ExportParameters(includePrivateParameters: false).Q;
        var key = new { kty = "EC", crv = "P-256", use = "sig", kid = "one", x = Base64.EncodeToString(point.X!), y = Base64.EncodeToString(point.Y!) };
        var path = System.IO.Path.Combine(Directory.CreateTempSubdirectory("authcluster-revoker-").FullName, "keys.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { keys = new[] { key } }));
        return path;
    }

    private static object ByEmail(Session session) => new { sub_id = new { format = "email", email = session.User.Email } };

    private static async Task<Answer> RevokeAsync(ApiClient api, string word, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path);
        request.Content = JsonContent.Create(body, body.GetType());
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", word);
        return await api.SendAsync(request);
    }
}
