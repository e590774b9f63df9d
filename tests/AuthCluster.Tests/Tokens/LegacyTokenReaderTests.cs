using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AuthCluster.Accounts;
using AuthCluster.Http.Settings;
using AuthCluster.Options;
using AuthCluster.Tokens.Legacy;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AuthCluster.Tests.Tokens;

/// <summary>Which tokens of other systems are read, and as what.</summary>
public sealed class LegacyTokenReaderTests
{
    private const string Secret = "k1x!v7q$3mz@w9pd&4rj*8nt(2hc)6yb-5fs+0ge=ua_ol^i";
    private const string SimpleClaims = """{"token_type":"access","exp":1000,"iat":400,"jti":"a","user_id":7}""";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(500));

    [Theory]
    [InlineData(LegacyOptions.SimpleJwt, SimpleClaims, "django", "7")]
    [InlineData(LegacyOptions.SimpleJwt, """{"token_type":"access","exp":1000,"iat":400,"jti":"a","user_id":"7"}""", "django", "7")]
    [InlineData(LegacyOptions.DrfJwt, """{"user_id":7,"username":"ada","exp":1000,"email":"ada@example.com"}""", "django", "7")]
    [InlineData(LegacyOptions.Identity, """{"sub":"7","exp":1000}""", "identity", "7")]
    [InlineData(LegacyOptions.Identity, """{"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier":"7","exp":1000}""", "identity", "7")]
    public void A_token_is_its_users(string kind, string claims, string format, string id) =>
        Assert.Equal(ImportedId.Of(format, id), Read(kind, Hmac(claims))!.AccountId);

    [Theory]
    [InlineData("""{"token_type":"access","exp":500,"iat":400,"jti":"a","user_id":7}""")]
    [InlineData("""{"token_type":"access","exp":1000,"iat":501,"jti":"a","user_id":7}""")]
    [InlineData("""{"token_type":"access","exp":1000,"iat":400,"nbf":501,"jti":"a","user_id":7}""")]
    [InlineData("""{"token_type":"access","exp":1000,"iat":400,"nbf":"no","jti":"a","user_id":7}""")]
    [InlineData("""{"token_type":"access","iat":400,"jti":"a","user_id":7}""")]
    [InlineData("""{"token_type":"access","exp":"1000","iat":400,"jti":"a","user_id":7}""")]
    [InlineData("""{"token_type":"access","exp":1e300,"iat":400,"jti":"a","user_id":7}""")]
    [InlineData("""{"token_type":"access","exp":1000,"iat":400,"user_id":7}""")]
    [InlineData("""{"token_type":"access","exp":1000,"iat":400,"jti":"a"}""")]
    [InlineData("""{"token_type":"access","exp":1000,"iat":400,"jti":"a","user_id":null}""")]
    [InlineData("""{"token_type":"sliding","exp":1000,"iat":400,"jti":"a","user_id":7}""")]
    [InlineData("""{"exp":1000,"iat":400,"jti":"a","user_id":7}""")]
    [InlineData("""{"token_type":"access","exp":1000,"exp":900,"iat":400,"jti":"a","user_id":7}""")]
    [InlineData("""{"token_type":"access","exp":1000,"iat":400,"jti":"a","user_id":"\ud800"}""")]
    [InlineData("[]")]
    [InlineData("no JSON")]
    public void What_is_no_living_token_is_refused(string claims) => Assert.Null(Read(LegacyOptions.SimpleJwt, Hmac(claims)));

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"alg":"ES256"}""")]
    [InlineData("""{"alg":"HS384"}""")]
    [InlineData("""{"alg":"HS256","crit":["x"]}""")]
    [InlineData("""{"alg":"HS256","alg":"HS256"}""")]
    [InlineData("{}")]
    public void The_key_says_which_algorithm_is_right_and_not_the_header(string header) =>
        Assert.Null(Read(LegacyOptions.SimpleJwt, Hmac(SimpleClaims, header)));

    [Fact]
    public void A_public_key_is_no_secret_of_an_HMAC()
    {
        using var rsa = RSA.Create(2048);
        var pem = rsa.ExportSubjectPublicKeyInfoPem();
        var signed = $"{Encode("""{"alg":"RS256"}""")}.{Encode(SimpleClaims)}";
        var good = $"{signed}.{Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";

        Assert.NotNull(Read(LegacyOptions.SimpleJwt, good, key: pem));
        Assert.Null(Read(LegacyOptions.SimpleJwt, Hmac(SimpleClaims, secret: pem), key: pem));
    }

    [Fact]
    public void A_curve_signs_as_well()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signed = $"{Encode("""{"alg":"ES256"}""")}.{Encode(SimpleClaims)}";

        var token = $"{signed}.{Base64Url.EncodeToString(curve.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";

        Assert.NotNull(Read(LegacyOptions.SimpleJwt, token, key: curve.ExportSubjectPublicKeyInfoPem()));
    }

    [Fact]
    public void Another_issuer_is_refused_where_one_is_named()
    {
        var named = new LegacyOptions { Kind = LegacyOptions.Identity, Key = Secret, Issuer = "https://old.example.com" };

        Assert.NotNull(new LegacyTokenReader([named], _time).Read(Hmac("""{"iss":"https://old.example.com","sub":"7","exp":1000}""")));
        Assert.Null(new LegacyTokenReader([named], _time).Read(Hmac("""{"iss":"https://other.example.com","sub":"7","exp":1000}""")));
        Assert.Null(new LegacyTokenReader([named], _time).Read(Hmac("""{"sub":"7","exp":1000}""")));
    }

    [Fact]
    public void One_without_a_jti_is_told_apart_by_what_is_signed()
    {
        var one = Read(LegacyOptions.DrfJwt, Hmac("""{"user_id":7,"exp":1000}"""))!;
        var other = Read(LegacyOptions.DrfJwt, Hmac("""{"user_id":7,"exp":1001}"""))!;

        Assert.Equal(one.Proof.Id, Read(LegacyOptions.DrfJwt, Hmac("""{"user_id":7,"exp":1000}"""))!.Proof.Id);
        Assert.NotEqual(one.Proof.Id, other.Proof.Id);
        Assert.Equal(DateTimeOffset.UnixEpoch, one.Proof.IssuedAt);
    }

    [Fact]
    public void A_refresh_token_is_no_access_token() =>
        Assert.False(Read(LegacyOptions.SimpleJwt, Hmac(SimpleClaims.Replace("access", "refresh", StringComparison.Ordinal)))!.IsAccess);

    [Theory]
    [InlineData("Kind=ldap", "Legacy:0:Kind")]
    [InlineData("Key=short", "Legacy:0:Key")]
    [InlineData("Key=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "Legacy:0:Key")]
    [InlineData("Key=-----BEGIN PUBLIC KEY----- nothing -----END PUBLIC KEY-----", "Legacy:0:Key")]
    [InlineData("Key=/nowhere/key.pem", "Legacy:0:Key")]
    [InlineData("Until=some day", "Legacy:0:Until")]
    public void Wrong_settings_stop_the_start(string setting, string key)
    {
        string[] good = ["Kind=simplejwt", $"Key={Secret}", "Until=2030-01-01"];

        var result = Given([.. good.Where(other => other.Split('=')[0] != setting.Split('=')[0]), setting]);

        Assert.Equal($"AuthCluster:{key}", Assert.Single(result.Faults).Key);
    }

    [Fact]
    public void A_key_without_an_end_is_warned_of() =>
        Assert.Contains(Given("Kind=simplejwt", $"Key={Secret}").Warnings, warning => warning.Contains("Legacy", StringComparison.Ordinal));

    private static SettingsResult Given(params string[] settings) => Settings.Given.Settings([.. settings.Select(setting => $"Legacy:0:{setting}")]);

    private LegacyToken? Read(string kind, string token, string key = Secret) =>
        new LegacyTokenReader([new LegacyOptions { Kind = kind, Key = key }], _time).Read(token);

    private static string Hmac(string claims, string header = """{"alg":"HS256"}""", string secret = Secret)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
