using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class ChangePasswordTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void Every_other_session_is_over_and_the_caller_goes_on_with_a_new_pair()
    {
        var (mine, other) = (_scenario.Login(), _scenario.Login());
        var renewed = Change(mine).Result();
        _scenario.AssertDead(mine, other);
        _scenario.AssertGood(renewed);
        Assert.Equal(("second hash", 2), (_scenario.State.PasswordHash, _scenario.State.CredentialVersion));
    }

    [Fact]
    public void A_wrong_current_password_changes_nothing_but_the_log()
    {
        var (mine, other) = (_scenario.Login(), _scenario.Login());
        Assert.Equal(Refusal.WrongCurrentPassword, Change(mine, right: false).Refusal);
        _scenario.AssertGood(mine, other);
        Assert.Equal("first hash", _scenario.State.PasswordHash);
        Assert.False(Assert.Single(_scenario.Logged).Succeeded);
    }

    [Fact]
    public void A_stolen_session_cannot_guess_the_password_without_end()
    {
        var stolen = _scenario.Login();
        for (var i = 0; i < _scenario.Rules.AttemptsBeforeBackOff; i++)
            Change(stolen, right: false);
        Assert.Equal(Refusal.TooManyAttempts, _scenario.Perform(new BeginPasswordCheck(stolen.Proof())).Refusal);
    }

    [Fact]
    public void Guesses_of_strangers_do_not_keep_the_owner_from_changing_it()
    {
        var mine = _scenario.Login();
        _scenario.ExhaustGuesses();
        Change(mine).Result();
    }

    [Fact]
    public void Of_two_changes_at_once_the_second_finds_its_token_dead()
    {
        var mine = _scenario.Login();
        var (first, second) = (_scenario.PasswordCheck(mine), _scenario.PasswordCheck(mine));
        _scenario.Perform(new ChangePassword(mine.Proof(), first, "second hash", Scenario.Laptop)).Result();
        var late = _scenario.Perform(new ChangePassword(mine.Proof(), second, "third hash", Scenario.Laptop));
        Assert.Equal(Refusal.TokenNotValid, late.Refusal);
        Assert.Equal("second hash", _scenario.State.PasswordHash);
    }

    [Fact]
    public void A_dead_token_may_not_even_guess()
    {
        var mine = _scenario.Login();
        _scenario.Perform(new RevokeTokens(RevokedTokens.Access));
        Assert.Equal(Refusal.TokenNotValid, _scenario.Perform(new BeginPasswordCheck(mine.Proof())).Refusal);
    }

    private Outcome<Grant> Change(Grant caller, bool right = true) =>
        _scenario.Perform(new ChangePassword(caller.Proof(), _scenario.PasswordCheck(caller, right), "second hash", Scenario.Laptop));
}
