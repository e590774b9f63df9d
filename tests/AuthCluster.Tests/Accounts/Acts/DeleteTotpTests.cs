using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class DeleteTotpTests
{
    private readonly Scenario _scenario;
    private readonly Grant _mine;

    public DeleteTotpTests() => (_scenario, _mine) = Scenario.WithSecondFactor();

    [Fact]
    public void Both_turn_it_off_and_no_living_token_says_that_one_was_proved()
    {
        var other = _scenario.Complete(_scenario.Challenge(), step: 101).Result();
        var renewed = Delete(passwordIsRight: true, step: 102).Result();
        Assert.Equal((null, null), (_scenario.State.Totp, _scenario.State.UnconfirmedTotp));
        Assert.Empty(_scenario.State.EmergencyCodes);
        Assert.False(renewed.Account.MfaEnabled);
        Assert.All(_scenario.State.Sessions, session => Assert.Equal(["pwd"], session.Methods.ToArray()));
        Assert.False(_scenario.AccessIsGood(_mine) || _scenario.AccessIsGood(other));
        Assert.True(_scenario.RefreshIsGood(other));
        _scenario.AssertGood(renewed);
        _scenario.Login();
    }

    [Theory]
    [InlineData(false, 101L, Refusal.WrongCurrentPassword)]
    [InlineData(false, null, Refusal.WrongCurrentPassword)]
    [InlineData(true, null, Refusal.WrongCode)]
    [InlineData(true, 100L, Refusal.WrongCode)]
    public void One_of_them_is_not_enough(bool passwordIsRight, long? step, Refusal refusal)
    {
        Assert.Equal(refusal, Delete(passwordIsRight, step).Refusal);
        Assert.NotNull(_scenario.State.Totp);
        _scenario.AssertGood(_mine);
    }

    [Fact]
    public void A_wrong_password_uses_no_code_up()
    {
        Delete(passwordIsRight: false, step: 101);
        Delete(passwordIsRight: true, step: 101).Result();
    }

    [Fact]
    public void A_second_factor_that_is_turned_on_again_knows_nothing_of_the_first()
    {
        var stale = _scenario.Code(_mine, step: 105);
        var renewed = Delete(passwordIsRight: true, step: 104).Result();
        var again = _scenario.TurnOnSecondFactor(renewed);
        Assert.Equal(Refusal.WrongCode, _scenario.Perform(new StepUp(again.Proof(), stale, Scenario.Laptop)).Refusal);
        _scenario.Perform(new StepUp(again.Proof(), _scenario.Code(again, step: 101), Scenario.Laptop)).Result();
    }

    private Outcome<Grant> Delete(bool passwordIsRight, long? step)
    {
        var password = _scenario.PasswordCheck(_mine, passwordIsRight);
        return _scenario.Perform(new DeleteTotp(_mine.Proof(), password, _scenario.Code(_mine, step), Scenario.Laptop));
    }
}
