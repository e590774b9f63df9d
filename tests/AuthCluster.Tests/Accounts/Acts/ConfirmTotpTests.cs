using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class ConfirmTotpTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void A_right_code_turns_it_on_and_ends_every_other_session()
    {
        var (mine, other) = (_scenario.Login(), _scenario.Login());
        var renewed = _scenario.TurnOnSecondFactor(mine);
        _scenario.AssertDead(mine, other);
        _scenario.AssertGood(renewed);
        Assert.True(renewed.Account.MfaEnabled);
        Assert.Equal(["pwd", "otp"], renewed.Session.Methods.ToArray());
    }

    [Fact]
    public void A_wrong_code_turns_nothing_on_and_counts()
    {
        var mine = Created();
        Assert.Equal(Refusal.WrongCode, Confirm(mine, step: null).Refusal);
        Assert.Null(_scenario.State.Totp);
        Assert.Equal(1, Assert.Single(_scenario.State.KnownCodeAttempts).Budget.Failures);
        Assert.Empty(_scenario.State.KnownAttempts);
    }

    [Fact]
    public void The_code_that_confirmed_is_good_for_nothing_else()
    {
        var mine = _scenario.TurnOnSecondFactor(_scenario.Login());
        Assert.Equal(Refusal.InvalidCredentials, _scenario.Complete(_scenario.Challenge(), step: 100).Refusal);
        Assert.Equal(Refusal.WrongCode, _scenario.Perform(new StepUp(mine.Proof(), _scenario.Code(mine, step: 100), Scenario.Laptop)).Refusal);
    }

    [Fact]
    public void There_is_nothing_to_confirm_before_a_secret_was_made_and_after_it_is_on()
    {
        var mine = _scenario.Login();
        Assert.Equal(Refusal.NothingToConfirm, _scenario.Perform(new BeginTotpConfirmation(mine.Proof())).Refusal);
        var renewed = _scenario.TurnOnSecondFactor(mine);
        Assert.Equal(Refusal.NothingToConfirm, _scenario.Perform(new BeginTotpConfirmation(renewed.Proof())).Refusal);
    }

    [Fact]
    public void Of_two_confirmations_at_once_one_wins()
    {
        var mine = Created();
        var codes = Enumerable.Range(0, 2).Select(_ => _scenario.Perform(new BeginTotpConfirmation(mine.Proof())).Result().SettleCode(step: 100)).ToList();
        _scenario.Perform(new ConfirmTotp(mine.Proof(), codes[0], ["shown"], Scenario.Laptop)).Result();
        Assert.Equal(Refusal.TokenNotValid, _scenario.Perform(new ConfirmTotp(mine.Proof(), codes[1], ["other"], Scenario.Laptop)).Refusal);
        Assert.Equal(["shown"], _scenario.State.EmergencyCodes.ToArray());
    }

    private Grant Created()
    {
        var mine = _scenario.Login();
        _scenario.Perform(new CreateTotp(mine.Proof(), _scenario.PasswordCheck(mine), "sealed", Scenario.Laptop)).Result();
        return mine;
    }

    private Outcome<Grant> Confirm(Grant caller, long? step)
    {
        var code = _scenario.Perform(new BeginTotpConfirmation(caller.Proof())).Result().SettleCode(step);
        return _scenario.Perform(new ConfirmTotp(caller.Proof(), code, [], Scenario.Laptop));
    }
}
