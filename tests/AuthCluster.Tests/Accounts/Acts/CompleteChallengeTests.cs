using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class CompleteChallengeTests
{
    private readonly Scenario _scenario;
    private readonly Grant _mine;

    public CompleteChallengeTests() => (_scenario, _mine) = Scenario.WithSecondFactor();

    [Fact]
    public void The_password_alone_opens_no_session_and_tells_the_owner()
    {
        _scenario.Challenge();
        Assert.Single(_scenario.State.Sessions);
        var entry = Assert.Single(_scenario.Logged);
        Assert.Equal((ActivityEvents.Login, false, ActivityReasons.SecondFactorOwed), (entry.Event, entry.Succeeded, entry.Reason));
    }

    [Fact]
    public void A_code_opens_the_session_of_the_device_that_began()
    {
        var grant = _scenario.Complete(_scenario.Challenge(_mine.DeviceToken(), "Ann's laptop"), step: 101).Result();
        _scenario.AssertGood(grant, _mine);
        Assert.Equal(["pwd", "otp"], grant.Session.Methods.ToArray());
        Assert.Equal((_mine.Session.DeviceId, "Ann's laptop"), (grant.Session.DeviceId, grant.Session.Name));
    }

    [Fact]
    public void A_code_is_good_once_and_none_of_an_earlier_step_is_good_after_it()
    {
        _scenario.Complete(_scenario.Challenge(), step: 102).Result();
        Assert.Equal(Refusal.InvalidCredentials, _scenario.Complete(_scenario.Challenge(), step: 102).Refusal);
        Assert.Equal(Refusal.InvalidCredentials, _scenario.Complete(_scenario.Challenge(), step: 101).Refusal);
        _scenario.Complete(_scenario.Challenge(), step: 103).Result();
    }

    [Fact]
    public void A_right_code_that_was_used_is_no_guess()
    {
        for (var i = 0; i < 20; i++)
            Assert.Equal(Refusal.InvalidCredentials, _scenario.Complete(_scenario.Challenge(), step: 100).Refusal);
        Assert.True(_scenario.State.StrangerCodeAttempts.IsUntouched);
        Assert.Equal(ActivityReasons.CodeUsed, Assert.Single(_scenario.Logged).Reason);
    }

    [Fact]
    public void An_emergency_code_is_good_once()
    {
        var challenge = _scenario.Challenge();
        _scenario.Complete(challenge, emergency: "first code").Result();
        Assert.Equal(ActivityReasons.EmergencyCode, Assert.Single(_scenario.Logged).Reason);
        Assert.Equal(["second code"], _scenario.State.EmergencyCodes.ToArray());
        Assert.Equal(Refusal.InvalidCredentials, _scenario.Complete(_scenario.Challenge(), emergency: "first code").Refusal);
        Assert.Equal(1, _scenario.State.StrangerCodeAttempts.Failures);
    }

    [Fact]
    public void A_challenge_is_good_for_one_success_and_another_one_stays_good()
    {
        var (challenge, other) = (_scenario.Challenge(), _scenario.Challenge());
        Assert.Equal(Refusal.InvalidCredentials, _scenario.Complete(challenge).Refusal);
        _scenario.Complete(challenge, step: 101).Result();
        Assert.Equal(Refusal.TokenNotValid, _scenario.Complete(challenge, step: 102).Refusal);
        _scenario.Complete(other, step: 103).Result();
    }

    [Fact]
    public void Attempts_at_one_challenge_that_overlap_open_one_session()
    {
        var challenge = _scenario.Challenge();
        var codes = new[] { 101L, 102L }.Select(step => _scenario.Perform(new BeginChallenge(challenge)).Result().SettleCode(step)).ToList();
        _scenario.Perform(new CompleteChallenge(challenge, codes[0], Scenario.Laptop)).Result();
        Assert.Equal(Refusal.TokenNotValid, _scenario.Perform(new CompleteChallenge(challenge, codes[1], Scenario.Laptop)).Refusal);
    }

    [Fact]
    public void A_challenge_lives_five_minutes()
    {
        var challenge = _scenario.Challenge();
        _scenario.Wait(TimeSpan.FromMinutes(5));
        Assert.Equal(Refusal.TokenNotValid, _scenario.Complete(challenge, step: 101).Refusal);
    }

    [Fact]
    public void Spent_challenges_are_kept_until_they_are_dead_and_no_more_than_32_of_them()
    {
        for (var i = 0; i < 32; i++)
            _scenario.Complete(_scenario.Challenge(), step: 101 + i).Result();
        Assert.Equal(32, _scenario.State.SpentChallenges.Length);
        var outstanding = _scenario.Challenge();
        _scenario.Complete(_scenario.Challenge(), step: 133).Result();
        Assert.Empty(_scenario.State.SpentChallenges);
        Assert.Equal(Refusal.TokenNotValid, _scenario.Complete(outstanding, step: 134).Refusal);
        _scenario.Complete(_scenario.Challenge(), step: 134).Result();
        _scenario.Wait(Challenge.Lifetime);
        _scenario.Complete(_scenario.Challenge(), step: 135).Result();
        Assert.Single(_scenario.State.SpentChallenges);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("logout")]
    [InlineData("deactivation")]
    [InlineData("second factor")]
    public void A_challenge_is_void_with_what_it_was_given_for(string change)
    {
        var challenge = _scenario.Challenge();
        switch (change)
        {
            case "password":
                _scenario.Perform(new ChangePassword(_mine.Proof(), _scenario.PasswordCheck(_mine), "second hash", Scenario.Laptop)).Result();
                break;
            case "logout":
                _scenario.Perform(new EndAllSessions(_mine.Proof(), Scenario.Laptop)).Result();
                break;
            case "deactivation":
                _scenario.Perform(new Administer { Active = false }).Result();
                break;
            default:
                var password = _scenario.PasswordCheck(_mine);
                _scenario.Perform(new DeleteTotp(_mine.Proof(), password, _scenario.Code(_mine, step: 101), Scenario.Laptop)).Result();
                break;
        }

        Assert.Equal(Refusal.TokenNotValid, _scenario.Complete(challenge, step: 102).Refusal);
    }

    [Fact]
    public void Wrong_codes_have_a_budget_of_their_own_and_right_passwords_do_not_clear_it()
    {
        var challenge = _scenario.Challenge();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Refusal.InvalidCredentials, _scenario.Complete(challenge).Refusal);
            challenge = _scenario.Challenge();
        }

        var refused = _scenario.Complete(challenge, step: 101);
        Assert.Equal((Refusal.TooManyAttempts, TimeSpan.FromSeconds(1)), (refused.Refusal, refused.RetryAfter));
        Assert.True(_scenario.State.StrangerAttempts.IsUntouched);
        _scenario.Wait(refused.RetryAfter);
        _scenario.Complete(challenge, step: 101).Result();
        Assert.True(_scenario.State.StrangerCodeAttempts.IsUntouched);
    }

    [Fact]
    public void Strangers_with_the_password_cannot_lock_a_known_device_out()
    {
        while (_scenario.Complete(_scenario.Challenge()).Refusal != Refusal.TooManyAttempts)
            Assert.False(_scenario.State.StrangerCodeAttempts.IsUntouched);
        _scenario.Complete(_scenario.Challenge(_mine.DeviceToken()), step: 101).Result();
    }

    [Fact]
    public void Parallel_codes_cannot_exceed_the_budget()
    {
        var challenge = _scenario.Challenge();
        for (var i = 0; i < 5; i++)
            _scenario.Perform(new BeginChallenge(challenge)).Result();
        Assert.Equal(Refusal.TooManyAttempts, _scenario.Perform(new BeginChallenge(challenge)).Refusal);
        Assert.True(_scenario.State.HasAttemptUnderWay(_scenario.Now));
    }

    [Fact]
    public void A_login_that_finds_no_room_for_a_session_uses_nothing_up()
    {
        _scenario.Rules = new AccountRules { SessionLimit = 1, AtSessionLimit = AtSessionLimit.Reject };
        var challenge = _scenario.Challenge();
        Assert.Equal(Refusal.SessionLimit, _scenario.Complete(challenge, emergency: "first code").Refusal);
        _scenario.Perform(new EndOwnSession(_mine.Proof(), Scenario.Laptop)).Result();
        _scenario.Complete(challenge, emergency: "first code").Result();
    }
}
