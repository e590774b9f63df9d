using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class EndSessionTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void The_named_session_is_over_and_no_other()
    {
        var (mine, other) = (_scenario.Login(), _scenario.Login());
        _scenario.Perform(new EndSession(mine.Proof(), other.Session.Id, Scenario.Laptop)).Result();
        _scenario.AssertDead(other);
        _scenario.AssertGood(mine);
        Assert.Equal(other.Session.Id, Assert.Single(_scenario.Logged).SessionId);
    }

    [Fact]
    public void The_caller_may_name_his_own()
    {
        var mine = _scenario.Login();
        _scenario.Perform(new EndSession(mine.Proof(), mine.Session.Id, Scenario.Laptop)).Result();
        _scenario.AssertDead(mine);
    }

    [Fact]
    public void A_session_that_is_not_the_accounts_is_not_found()
    {
        var mine = _scenario.Login();
        var elsewhere = new Guid("11111111-1111-1111-1111-111111111111");
        Assert.Equal(Refusal.NoSuchSession, _scenario.Perform(new EndSession(mine.Proof(), elsewhere, Scenario.Laptop)).Refusal);
        Assert.Equal(Refusal.NoSuchSession, _scenario.Perform(new EndSessionByAdministrator(elsewhere)).Refusal);
    }

    [Fact]
    public void An_administrator_ends_a_session_and_leaves_no_trace_of_where_he_is()
    {
        var (mine, other) = (_scenario.Login(), _scenario.Login());
        _scenario.Perform(new EndSessionByAdministrator(other.Session.Id)).Result();
        _scenario.AssertDead(other);
        _scenario.AssertGood(mine);
        var entry = Assert.Single(_scenario.Logged);
        Assert.Equal((ActivityReasons.Administrator, null), (entry.Reason, entry.Address));
    }
}
