using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class CreateTotpTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void A_new_secret_changes_no_login()
    {
        var mine = _scenario.Login();
        Create(mine).Result();
        Assert.Null(_scenario.State.Totp);
        _scenario.Login();
        _scenario.AssertGood(mine);
    }

    [Fact]
    public void A_wrong_password_makes_none()
    {
        Assert.Equal(Refusal.WrongCurrentPassword, Create(_scenario.Login(), right: false).Refusal);
        Assert.Null(_scenario.State.UnconfirmedTotp);
        Assert.Equal(1, Assert.Single(_scenario.State.KnownAttempts).Budget.Failures);
    }

    [Fact]
    public void A_later_secret_takes_the_place_of_one_that_was_not_confirmed()
    {
        var mine = _scenario.Login();
        Create(mine).Result();
        var stale = _scenario.Perform(new BeginTotpConfirmation(mine.Proof())).Result().SettleCode(step: 100);
        Create(mine).Result();
        Assert.Equal(Refusal.WrongCode, _scenario.Perform(new ConfirmTotp(mine.Proof(), stale, [], Scenario.Laptop)).Refusal);
        Assert.Equal(2, _scenario.State.UnconfirmedTotp!.Version);
    }

    [Fact]
    public void The_password_alone_puts_no_secret_in_the_place_of_one_that_is_on()
    {
        var mine = _scenario.TurnOnSecondFactor(_scenario.Login());
        Assert.Equal(Refusal.SecondFactorOn, Create(mine).Refusal);
        Assert.Null(_scenario.State.UnconfirmedTotp);
    }

    private Outcome<Done> Create(Grant caller, bool right = true) =>
        _scenario.Perform(new CreateTotp(caller.Proof(), _scenario.PasswordCheck(caller, right), "sealed", Scenario.Laptop));
}
