using AuthCluster.Accounts;
using AuthCluster.Http.Passkeys;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AuthCluster.Tests.Passkeys;

public sealed class PasskeyChallengesTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly PasskeyChallenges _challenges;

    public PasskeyChallengesTests() => _challenges = new(Tokens.Deployment.Master, _time);

    [Fact]
    public void A_challenge_is_known_on_every_node_with_the_same_master_key()
    {
        var elsewhere = new PasskeyChallenges(Tokens.Deployment.Master, _time);

        var read = elsewhere.Read(_challenges.New(PasskeyChallenges.SignIn), PasskeyChallenges.SignIn);

        Assert.Equal(_time.GetUtcNow() + PasskeyChallenge.Lifetime, read!.Value.Expires);
    }

    [Fact]
    public void No_two_are_alike() =>
        Assert.NotEqual(_challenges.New(PasskeyChallenges.SignIn), _challenges.New(PasskeyChallenges.SignIn));

    [Fact]
    public void A_challenge_is_good_for_five_minutes()
    {
        var challenge = _challenges.New(PasskeyChallenges.SignIn);
        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(_challenges.Read(challenge, PasskeyChallenges.SignIn));

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(_challenges.Read(challenge, PasskeyChallenges.SignIn));
    }

    [Fact]
    public void A_challenge_is_good_for_its_own_purpose()
    {
        var owed = new Challenge(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), _time.GetUtcNow(), Device: null, DeviceName: null);
        var other = owed with { Id = Guid.NewGuid() };
        var challenge = _challenges.New(PasskeyChallenges.SecondFactor(owed));

        Assert.NotNull(_challenges.Read(challenge, PasskeyChallenges.SecondFactor(owed)));
        Assert.Null(_challenges.Read(challenge, PasskeyChallenges.SecondFactor(other)));
        Assert.Null(_challenges.Read(challenge, PasskeyChallenges.SignIn));
    }

    [Fact]
    public void No_byte_of_it_can_be_changed()
    {
        var challenge = _challenges.New(PasskeyChallenges.SignIn);

        for (var at = 0; at < challenge.Length; at++)
        {
            var changed = challenge.ToArray();
            changed[at] ^= 1;
            Assert.Null(_challenges.Read(changed, PasskeyChallenges.SignIn));
        }

        Assert.Null(_challenges.Read([], PasskeyChallenges.SignIn));
        Assert.Null(_challenges.Read(challenge[..^1], PasskeyChallenges.SignIn));
    }
}
