using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class DeleteAccountTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void The_account_is_gone_and_its_tokens_are_dead()
    {
        var grant = _scenario.Login();
        Delete(grant).Result();
        Assert.Null(_scenario.Account);
        _scenario.AssertDead(grant);
        Assert.Equal((ActivityEvents.Deleted, 3L), (Assert.Single(_scenario.Logged).Event, _scenario.Logged[0].Number));
    }

    [Fact]
    public void A_wrong_password_deletes_nothing_and_counts()
    {
        var grant = _scenario.Login();
        Assert.Equal(Refusal.WrongCurrentPassword, Delete(grant, right: false).Refusal);
        _scenario.AssertGood(grant);
        Assert.Equal(1, Assert.Single(_scenario.State.KnownAttempts).Budget.Failures);
    }

    [Fact]
    public void A_session_that_ended_meanwhile_deletes_nothing()
    {
        var (mine, other) = (_scenario.Login(), _scenario.Login());
        var attempt = _scenario.PasswordCheck(mine);
        _scenario.Perform(new EndSession(other.Proof(), mine.Session.Id, Scenario.Laptop)).Result();
        Assert.Equal(Refusal.TokenNotValid, _scenario.Perform(new DeleteAccount(mine.Proof(), attempt, Scenario.Laptop)).Refusal);
        Assert.NotNull(_scenario.Account);
    }

    [Fact]
    public void An_administrator_needs_no_password()
    {
        var grant = _scenario.Login();
        _scenario.Perform(new DeleteByAdministrator()).Result();
        _scenario.AssertDead(grant);
        Assert.Equal(Refusal.NoSuchAccount, _scenario.Perform(new DeleteByAdministrator()).Refusal);
    }

    private Outcome<Done> Delete(Grant caller, bool right = true) =>
        _scenario.Perform(new DeleteAccount(caller.Proof(), _scenario.PasswordCheck(caller, right), Scenario.Laptop));
}
