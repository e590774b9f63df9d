using System.Text.Json.Nodes;
using AuthCluster.Accounts;
using AuthCluster.Options;
using Xunit;

namespace AuthCluster.Tests.Tokens;

public sealed class ChallengeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_challenge_is_read_as_it_was_issued(bool encrypt)
    {
        using var deployment = await Deployment.StartAsync(new TokenOptions { Encrypt = encrypt });
        var challenge = ChallengeOf(deployment) with { Device = Guid.NewGuid(), DeviceName = "Ann's \"laptop\"" };
        var bare = challenge with { Device = null, DeviceName = null };

        Assert.Equal(challenge, deployment.Reader.ReadChallenge(deployment.Issuer.Issue(challenge)));
        Assert.Equal(bare, deployment.Reader.ReadChallenge(deployment.Issuer.Issue(bare)));
    }

    [Fact]
    public async Task Nothing_that_takes_a_token_of_a_session_takes_a_challenge_and_no_such_token_is_one()
    {
        using var deployment = await Deployment.StartAsync();
        var challenge = deployment.Issuer.Issue(ChallengeOf(deployment));
        var issued = deployment.Issuer.Issue(deployment.Grant());

        Assert.Null(deployment.Reader.ReadAny(challenge));
        Assert.Null(deployment.Reader.Read(challenge, TokenKind.Access));
        Assert.Null(deployment.Reader.Read(challenge, TokenKind.Refresh));
        Assert.Null(deployment.Reader.ReadChallenge(issued.Access));
        Assert.Null(deployment.Reader.ReadChallenge(issued.Refresh));
    }

    [Fact]
    public async Task It_lives_five_minutes()
    {
        using var deployment = await Deployment.StartAsync();
        var token = deployment.Issuer.Issue(ChallengeOf(deployment));

        deployment.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.NotNull(deployment.Reader.ReadChallenge(token));
        deployment.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(deployment.Reader.ReadChallenge(token));
    }

    [Theory]
    [InlineData("sub", "x")]
    [InlineData("jti", null)]
    [InlineData("uuid", "x")]
    [InlineData("iss", "other")]
    [InlineData("aud", "other")]
    [InlineData("device_id", "x")]
    [InlineData("exp", "x")]
    public async Task One_that_is_not_whole_is_refused_though_signed_by_us(string claim, string? value)
    {
        using var deployment = await Deployment.StartAsync();
        var claims = deployment.Claims(deployment.Issuer.Issue(ChallengeOf(deployment)));
        var header = $$"""{"typ":"mfa+jwt","alg":"ES256","kid":"{{deployment.Ring.Current.Id}}"}""";
        Assert.NotNull(deployment.Reader.ReadChallenge(deployment.Signed(header, claims.ToJsonString())));

        claims[claim] = value is null ? null : JsonValue.Create(value);

        Assert.Null(deployment.Reader.ReadChallenge(deployment.Signed(header, claims.ToJsonString())));
    }

    // Tokens have whole seconds.
    private static Challenge ChallengeOf(Deployment deployment) => new(
        Guid.NewGuid(),
        Guid.NewGuid(),
        Guid.NewGuid(),
        DateTimeOffset.FromUnixTimeSeconds(deployment.Time.GetUtcNow().ToUnixTimeSeconds()) + Challenge.Lifetime,
        Device: null,
        DeviceName: null);
}
