using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>Tokens that the server did not make, after RFC 8725 section 2 (threats to JWTs).</summary>
public abstract class ForgeryContract(SharedServers servers) : ContractSuite(servers)
{
    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("nOnE")]
    [InlineData("")]
    public async Task An_unsigned_token_is_refused(string algorithm)
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        await AssertForgedHeaderIsRefusedAsync(api, session, header => header["alg"] = algorithm, _ => []);
        await AssertForgedHeaderIsRefusedAsync(api, session, header => header["alg"] = algorithm, _ => DecodedToken.Of(session.Access).Signature);
    }

    [Fact]
    public async Task A_token_signed_with_a_key_of_the_callers_own_is_refused()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var jwk = new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = DecodedToken.Encode(point.X!),
            ["y"] = DecodedToken.Encode(point.Y!),
        };
        byte[] Sign(byte[] text) => key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

        await AssertForgedHeaderIsRefusedAsync(api, session, _ => { }, Sign);
        await AssertForgedHeaderIsRefusedAsync(api, session, header => header["jwk"] = jwk, Sign);
        await AssertForgedHeaderIsRefusedAsync(api, session, header => header["kid"] = "another", Sign);
        await AssertForgedHeaderIsRefusedAsync(api, session, header => header["kid"] = "../../../../dev/null", Sign);
        await AssertForgedHeaderIsRefusedAsync(api, session, header => header.Remove("kid"), Sign);
        await AssertForgedHeaderIsRefusedAsync(api, session, header => header["jku"] = "https://example.com/keys", Sign);
    }

    [Fact]
    public async Task The_public_key_is_no_secret_to_sign_with()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var jwks = await api.GetAsync("/.well-known/jwks.json");
        var key = jwks.Json.GetProperty("keys")[0];
        using var published = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = Base64Url.DecodeFromChars(key.Text("x")),
                Y = Base64Url.DecodeFromChars(key.Text("y")),
            },
        });
        byte[][] secrets =
        [
            published.ExportSubjectPublicKeyInfo(),
            Encoding.ASCII.GetBytes(published.ExportSubjectPublicKeyInfoPem()),
            Encoding.UTF8.GetBytes(key.GetRawText()),
            Encoding.ASCII.GetBytes("secret"),
            [],
        ];

        foreach (var secret in secrets)
            await AssertForgedHeaderIsRefusedAsync(api, session, header => header["alg"] = "HS256", text => HMACSHA256.HashData(secret, text));
    }

    [Fact]
    public async Task The_trivial_signature_is_refused()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        // Verifiers that did not check for zero took this one for every text (CVE-2022-21449).
        await AssertForgedHeaderIsRefusedAsync(api, session, _ => { }, _ => new byte[64]);
    }

    [Fact]
    public async Task A_changed_payload_is_refused()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var stranger = await api.SignUpAsync();
        var token = DecodedToken.Of(session.Access);
        (string Name, JsonNode Value)[] changes =
        [
            ("sub", stranger.User.Id), ("sid", stranger.DeviceId), ("exp", 99999999999), ("roles", new JsonArray("admin")), ("iss", "other"),
        ];

        foreach (var (name, value) in changes)
        {
            var payload = JsonNode.Parse(token.Payload.GetRawText())!.AsObject();
            payload[name] = value;
            await api.AssertAccessIsRefusedAsync(DecodedToken.Forge(token.Header.GetRawText(), payload.ToJsonString(), _ => token.Signature));
        }
    }

    [Fact]
    public async Task One_kind_of_token_cannot_be_relabelled_as_another()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var (access, refresh) = (session.Access.Split('.'), session.Refresh.Split('.'));

        await api.AssertAccessIsRefusedAsync($"{access[0]}.{refresh[1]}.{refresh[2]}");
        await api.AssertAccessIsRefusedAsync($"{access[0]}.{access[1]}.{refresh[2]}");
        await api.AssertRefreshIsRefusedAsync($"{refresh[0]}.{access[1]}.{access[2]}");
        await AssertForgedHeaderIsRefusedAsync(api, session, header => header.Remove("typ"), _ => DecodedToken.Of(session.Access).Signature);
    }

    [Fact]
    public async Task What_is_no_token_at_all_is_refused()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        string[] nonsense =
        [
            "x", ".", "..", "...", "....", "e30.e30.", "e30.e30.e30", $"{session.Access}.", $".{session.Access}", $"{session.Access}.x.y",
            session.Access[..^1], session.Access[1..], session.Access.Replace('.', '-'), new string('a', 20_000),
            $"{new string('a', 5000)}.{new string('b', 5000)}.{new string('c', 5000)}",
        ];

        foreach (var token in nonsense)
            await api.AssertAccessIsRefusedAsync(token);
    }

    [Fact]
    public async Task Every_bad_token_gets_the_same_answer()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var revoked = await api.SignUpAsync();
        (await api.PostAsync("/api/user/logout", token: revoked.Access)).AssertEmpty(204);
        var deleted = await api.SignUpAsync();
        (await api.DeleteAsync("/api/user/delete", deleted.Access, new { current_password = deleted.User.Password })).AssertEmpty(204);
        string[] bad = ["nonsense", session.Refresh, revoked.Access, deleted.Access, session.DeviceToken, $"{session.Access[..^8]}AAAAAAAA"];

        foreach (var path in new[] { "/api/user/view", "/api/forward-auth" })
        {
            var answers = new List<Answer>();
            foreach (var token in bad)
                answers.Add((await api.GetAsync(path, token)).AssertProblem(401, "token_not_valid"));
            Assert.Single(answers.Select(answer => answer.Text).Distinct(StringComparer.Ordinal));
            Assert.Single(answers.Select(answer => answer.Header("WWW-Authenticate")).Distinct(StringComparer.Ordinal));
        }
    }

    private static async Task AssertForgedHeaderIsRefusedAsync(ApiClient api, Session session, Action<JsonObject> change, Func<byte[], byte[]> sign)
    {
        var token = DecodedToken.Of(session.Access);
        var header = JsonNode.Parse(token.Header.GetRawText())!.AsObject();
        change(header);
        await api.AssertAccessIsRefusedAsync(DecodedToken.Forge(header.ToJsonString(), token.Payload.GetRawText(), sign));
    }
}
