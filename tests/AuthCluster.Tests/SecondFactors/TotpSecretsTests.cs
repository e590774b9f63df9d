using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Http.SecondFactors;
using AuthCluster.Keys;
using AuthCluster.Tests.Vectors;
using Microsoft.Extensions.Time.Testing;
using OtpNet;
using Xunit;

namespace AuthCluster.Tests.SecondFactors;

public sealed class TotpSecretsTests
{
    private const string Email = "ann+otp@example.org";

    private static readonly Guid Account = Guid.NewGuid();

    private readonly FakeTimeProvider _time = new();
    private readonly MasterKey _master = MasterKey.FromBase64(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    private TotpSecrets Secrets => new(_master, _time, "id.example.org");

    /// <summary>The six digits are the last six of the eight that RFC 6238 appendix B lists.</summary>
    [VectorFact]
    public void Codes_are_those_of_RFC_6238_and_RFC_4226()
    {
        var vectors = VectorFile.Read("otp", "rfc4226_rfc6238.json");
        var totp = vectors.GetProperty("totp").EnumerateArray().Where(vector => vector.GetProperty("algorithm").GetString() == "sha1").ToList();
        Assert.Equal(6, totp.Count);
        foreach (var vector in totp)
        {
            var second = vector.GetProperty("time").GetInt64();
            AssertIsCode(vector, vector.GetProperty("code").GetString()![^6..], second / 30);
        }

        var hotp = vectors.GetProperty("hotp");
        foreach (var vector in hotp.GetProperty("cases").EnumerateArray())
            AssertIsCode(hotp, vector.GetProperty("code").GetString()!, vector.GetProperty("counter").GetInt64());

        static void AssertIsCode(JsonElement vector, string code, long step)
        {
            var secret = Encoding.ASCII.GetBytes(vector.GetProperty("secret_ascii").GetString()!);
            Assert.Equal(step, TotpSecrets.StepOf(code, secret, DateTimeOffset.FromUnixTimeSeconds((step * 30) + 29)));
        }
    }

    /// <summary>Of the library: apps that take other algorithms are not served.</summary>
    [VectorFact]
    public void The_library_makes_every_code_of_RFC_6238()
    {
        var vectors = VectorFile.Read("otp", "rfc4226_rfc6238.json").GetProperty("totp").EnumerateArray().ToList();
        Assert.Equal(18, vectors.Count);
        foreach (var vector in vectors)
        {
            var algorithm = Enum.Parse<OtpHashMode>(vector.GetProperty("algorithm").GetString()!, ignoreCase: true);
            var secret = Encoding.ASCII.GetBytes(vector.GetProperty("secret_ascii").GetString()!);
            var codes = new OtpNet.Totp(secret, step: 30, algorithm, totpSize: 8);
            var at = DateTimeOffset.FromUnixTimeSeconds(vector.GetProperty("time").GetInt64()).UtcDateTime;
            Assert.Equal(vector.GetProperty("code").GetString(), codes.ComputeTotp(at));
        }
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_code_is_good_one_step_before_and_after_its_own(int stepsOff, bool isGood)
    {
        var (@sealed, shown) = Secrets.New(Account, Email);
        var at = _time.GetUtcNow().AddSeconds(30 * stepsOff);

        var step = Secrets.StepOf(CodeAt(shown.Secret, at), Account, new TotpCredential(@sealed));

        Assert.Equal(isGood ? at.ToUnixTimeSeconds() / 30 : null, step);
    }

    [Fact]
    public void What_is_stored_opens_for_no_other_account_and_with_no_other_key()
    {
        var (@sealed, shown) = Secrets.New(Account, Email);
        var code = CodeAt(shown.Secret, _time.GetUtcNow());

        Assert.Throws<StateUnavailableException>(() => Secrets.StepOf(code, Guid.NewGuid(), new TotpCredential(@sealed)));
        var otherKey = MasterKey.FromBase64(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        var stranger = new TotpSecrets(otherKey, _time, "id.example.org");
        Assert.Throws<StateUnavailableException>(() => stranger.StepOf(code, Account, new TotpCredential(@sealed)));
    }

    [Fact]
    public void The_secret_is_shown_as_apps_take_it()
    {
        var (@sealed, shown) = Secrets.New(Account, Email);

        Assert.Matches("^[A-Z2-7]{32}$", shown.Secret);
        Assert.Equal(
            $"otpauth://totp/id.example.org:ann%2Botp%40example.org?secret={shown.Secret}&issuer=id.example.org&algorithm=SHA1&digits=6&period=30",
            shown.OtpauthUri);
        Assert.StartsWith("<svg", shown.QrSvg, StringComparison.Ordinal);
        Assert.DoesNotContain("script", shown.QrSvg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(shown.Secret, @sealed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_address_fits_into_a_QR_code() =>
        Assert.NotEmpty(Secrets.New(Account, $"{new string('ä', 60)}@{new string('ü', 180)}.example").Shown.QrSvg);

    private static string CodeAt(string secret, DateTimeOffset at) => new OtpNet.Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(at.UtcDateTime);
}
