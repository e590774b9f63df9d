using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AuthCluster.Accounts;
using AuthCluster.Options;
using Xunit;

namespace AuthCluster.Tests.Tokens;

public sealed class TokenReaderTests
{
    [Fact]
    public async Task A_token_is_read_as_no_other_kind()
    {
        using var deployment = await Deployment.StartAsync();
        var issued = deployment.Issuer.Issue(deployment.Grant());
        Assert.Null(deployment.Reader.Read(issued.Access, TokenKind.Refresh));
        Assert.Null(deployment.Reader.Read(issued.Refresh, TokenKind.Access));
        Assert.Equal(TokenKind.Access, deployment.Reader.ReadAny(issued.Access)!.Kind);
        Assert.Equal(TokenKind.Refresh, deployment.Reader.ReadAny(issued.Refresh)!.Kind);
    }

    [Theory]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","crit":["exp"]}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","crit":[]}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","b64":false}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","jwk":{"kty":"oct","k":"AA"}}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","jku":"https://example.org/"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","x5u":"https://example.org/"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","x5c":["AA"]}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","cty":"JWT"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","zip":"DEF"}""")]
    [InlineData("""{"alg":"ES256","alg":"ES256","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","\u0061lg":"ES256","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt"}""")]
    [InlineData("""{"typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"JWT","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"AT+JWT","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"application/at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"mfa+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":null,"kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":1}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":""}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"../../KID"}""")]
    [InlineData("""{"alg":["ES256"],"typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"es256","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES384","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"none","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"HS256","typ":"at+jwt","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID"}{}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID",}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"KID"}//""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"\ud800"}""")]
    [InlineData("""["alg","typ","kid"]""")]
    [InlineData("null")]
    [InlineData("\"at+jwt\"")]
    [InlineData("{")]
    [InlineData("")]
    public async Task A_header_of_any_other_form_is_refused_though_signed_by_us(string header)
    {
        using var deployment = await Deployment.StartAsync();
        var payload = deployment.Claims(deployment.IssueAccess()).ToJsonString();
        var kid = deployment.Ring.Current.Id;
        const string Right = """{"kid":"KID","alg":"ES256","typ":"at+jwt"}""";
        Assert.NotNull(deployment.Reader.ReadAny(deployment.Signed(Right.Replace("KID", kid, StringComparison.Ordinal), payload)));
        Assert.Null(deployment.Reader.ReadAny(deployment.Signed(header.Replace("KID", kid, StringComparison.Ordinal), payload)));
    }

    [Fact]
    public async Task A_public_key_is_no_HMAC_key()
    {
        using var deployment = await Deployment.StartAsync(new TokenOptions { Algorithm = TokenAlgorithm.RS256 });
        var jwk = deployment.Ring.Current.PublicJwk!;
        var payload = deployment.Claims(deployment.IssueAccess()).ToJsonString();
        var modulus = Base64Url.DecodeFromChars(jwk["n"]);
        using var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = Base64Url.DecodeFromChars(jwk["e"]) });
        byte[][] secrets = [Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), rsa.ExportSubjectPublicKeyInfo(), modulus];
        foreach (var secret in secrets)
        {
            foreach (var algorithm in (string[])["HS256", "RS256"])
            {
                var header = $$"""{"alg":"{{algorithm}}","typ":"at+jwt","kid":"{{jwk["kid"]}}"}""";
                Assert.Null(deployment.Reader.ReadAny(Deployment.Signed(header, payload, data => HMACSHA256.HashData(secret, data))));
            }
        }
    }

    [Fact]
    public async Task An_unsigned_token_is_refused()
    {
        using var deployment = await Deployment.StartAsync();
        var token = deployment.IssueAccess();
        var payload = deployment.Claims(token).ToJsonString();
        Assert.Null(deployment.Reader.ReadAny(Deployment.Signed("""{"alg":"none","typ":"at+jwt","kid":""}""", payload, _ => [])));
        Assert.Null(deployment.Reader.ReadAny(token.AsSpan(0, token.LastIndexOf('.') + 1)));
        Assert.Null(deployment.Reader.ReadAny(token.AsSpan(0, token.LastIndexOf('.'))));
    }

    [Fact]
    public async Task A_key_of_another_deployment_is_refused()
    {
        using var deployment = await Deployment.StartAsync();
        using var other = await Deployment.StartAsync();
        Assert.Null(deployment.Reader.ReadAny(other.IssueAccess()));
        var header = Deployment.Header(deployment.IssueAccess()).ToJsonString();
        var payload = deployment.Claims(deployment.IssueAccess()).ToJsonString();
        Assert.Null(deployment.Reader.ReadAny(Deployment.Signed(header, payload, other.Ring.Current.Sign)));
    }

    [Theory]
    [InlineData("iss", "\"else\"")]
    [InlineData("aud", "\"else\"")]
    [InlineData("aud", """["authcluster"]""")]
    [InlineData("sub", "\"ann\"")]
    [InlineData("sid", "1")]
    [InlineData("jti", "null")]
    [InlineData("uuid", "\"{9d6fd5ba-6a5c-4ec5-a3a0-7f0a3d9d2a11}\"")]
    [InlineData("uuid", "\" 9d6fd5ba-6a5c-4ec5-a3a0-7f0a3d9d2a11\"")]
    [InlineData("uuid", "\"9d6fd5ba6a5c4ec5a3a07f0a3d9d2a11\"")]
    [InlineData("uuid", "\"\\ud800\"")]
    [InlineData("iss", "\"\\ud800\"")]
    [InlineData("rot", "0")]
    [InlineData("rot", "2147483648")]
    [InlineData("rot", "\"1\"")]
    [InlineData("exp", "\"9999999999\"")]
    [InlineData("exp", "9999999999.5")]
    [InlineData("exp", "1e99")]
    [InlineData("exp", "0")]
    [InlineData("exp", "-1")]
    [InlineData("iat", "9999999999")]
    [InlineData("iat", "null")]
    [InlineData("auth_time", "null")]
    [InlineData("amr", "\"pwd\"")]
    [InlineData("amr", "[1]")]
    public async Task A_wrong_claim_is_refused_though_signed_by_us(string claim, string value)
    {
        using var deployment = await Deployment.StartAsync();
        var token = deployment.IssueAccess();
        var header = Deployment.Header(token).ToJsonString();
        var claims = deployment.Claims(token);
        Assert.NotNull(deployment.Reader.ReadAny(deployment.Signed(header, claims.ToJsonString())));

        var wrong = claims.ToJsonString().Replace($"\"{claim}\":{claims[claim]!.ToJsonString()}", $"\"{claim}\":{value}", StringComparison.Ordinal);
        Assert.NotEqual(claims.ToJsonString(), wrong);
        Assert.Null(deployment.Reader.ReadAny(deployment.Signed(header, wrong)));
        claims.Remove(claim);
        Assert.Null(deployment.Reader.ReadAny(deployment.Signed(header, claims.ToJsonString())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{")]
    [InlineData("text")]
    public async Task A_payload_that_is_no_object_of_claims_is_refused_though_signed_by_us(string payload)
    {
        using var deployment = await Deployment.StartAsync();
        var header = Deployment.Header(deployment.IssueAccess()).ToJsonString();
        Assert.Null(deployment.Reader.ReadAny(deployment.Signed(header, payload)));
    }

    [Fact]
    public async Task A_claim_that_comes_twice_is_refused()
    {
        using var deployment = await Deployment.StartAsync();
        var token = deployment.IssueAccess();
        var claims = deployment.Claims(token).ToJsonString();
        var twice = claims.Replace("{\"iss\"", "{\"iss\":\"https://id.example.org\",\"iss\"", StringComparison.Ordinal);
        Assert.NotEqual(claims, twice);
        Assert.Null(deployment.Reader.ReadAny(deployment.Signed(Deployment.Header(token).ToJsonString(), twice)));
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("1772366461", false)]
    [InlineData("\"0\"", false)]
    [InlineData("null", false)]
    public async Task A_token_that_is_not_good_yet_is_refused(string notBefore, bool isGood)
    {
        using var deployment = await Deployment.StartAsync();
        var token = deployment.IssueAccess();
        var claims = deployment.Claims(token).ToJsonString();
        var later = deployment.Signed(Deployment.Header(token).ToJsonString(), $"{claims[..^1]},\"nbf\":{notBefore}}}");
        Assert.Equal(isGood, deployment.Reader.ReadAny(later) is not null);
    }

    [Fact]
    public async Task A_token_dies_in_the_second_that_its_exp_names()
    {
        using var deployment = await Deployment.StartAsync();
        var token = deployment.IssueAccess();
        var verified = deployment.Reader.ReadAny(token)!;
        deployment.Time.SetUtcNow(DateTimeOffset.FromUnixTimeSeconds(verified.ExpiresAt).AddTicks(-1));
        Assert.NotNull(deployment.Reader.ReadAny(token));
        Assert.True(verified.IsLive(deployment.Time.GetUtcNow()));
        deployment.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(deployment.Reader.ReadAny(token));
        Assert.False(verified.IsLive(deployment.Time.GetUtcNow()));
    }

    [Fact]
    public async Task A_token_may_come_from_a_clock_one_minute_ahead_and_no_more()
    {
        using var deployment = await Deployment.StartAsync();
        var token = deployment.IssueAccess();
        deployment.Time.AdjustTime(deployment.Time.GetUtcNow() - TimeSpan.FromSeconds(60));
        Assert.NotNull(deployment.Reader.ReadAny(token));
        deployment.Time.AdjustTime(deployment.Time.GetUtcNow() - TimeSpan.FromSeconds(1));
        Assert.Null(deployment.Reader.ReadAny(token));
    }

    [Fact]
    public async Task A_token_past_the_size_cap_is_refused_before_anything_else()
    {
        using var deployment = await Deployment.StartAsync();
        var token = deployment.IssueAccess();
        var claims = deployment.Claims(token);
        Assert.NotNull(deployment.Reader.ReadAny(WithPadding(10_000)));
        Assert.Null(deployment.Reader.ReadAny(WithPadding(13_000)));

        string WithPadding(int size)
        {
            claims["padding"] = new string('a', size);
            return deployment.Signed(Deployment.Header(token).ToJsonString(), claims.ToJsonString());
        }
    }

    [Fact]
    public async Task No_input_makes_it_throw()
    {
        foreach (var encrypt in (bool[])[false, true])
        {
            using var deployment = await Deployment.StartAsync(new TokenOptions { Encrypt = encrypt });
            var token = deployment.IssueAccess();
            var random = new Random(7);
            for (var i = 0; i < 3000; i++)
            {
                var text = token.ToCharArray();
                for (var changes = random.Next(1, 40); changes > 0; changes--)
                    text[random.Next(text.Length)] = (char)random.Next(random.Next(2) == 0 ? 128 : 65536);
                Assert.Null(deployment.Reader.ReadAny(text.AsSpan(random.Next(text.Length))));
                _ = deployment.Reader.Payload(text);
            }

            foreach (var text in (string[])["", ".", "..", "...", "....", ".....", "a", "a.b.c", "e30.e30.e30", new string('.', 20_000)])
                Assert.Null(deployment.Reader.ReadAny(text));
        }
    }
}
