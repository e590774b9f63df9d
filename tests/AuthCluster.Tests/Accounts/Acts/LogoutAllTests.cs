using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class LogoutAllTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void Every_session_is_over_this_one_too()
    {
        var (mine, other) = (_scenario.Login(), _scenario.Login());
        _scenario.Perform(new EndAllSessions(mine.Proof(), Scenario.Laptop)).Result();
        _scenario.AssertDead(mine, other);
        Assert.Empty(_scenario.State.Sessions);
    }

    [Fact]
    public void Both_secrets_change()
    {
        var mine = _scenario.Login();
        _scenario.Perform(new EndAllSessions(mine.Proof(), Scenario.Laptop)).Result();
        Assert.NotEqual(mine.AccessSecret, _scenario.State.AccessSecret);
        Assert.NotEqual(mine.RefreshSecret, _scenario.State.RefreshSecret);
    }

    [Fact]
    public void A_login_after_it_is_good()
    {
        _scenario.Perform(new EndAllSessions(_scenario.Login().Proof(), Scenario.Laptop)).Result();
        _scenario.AssertGood(_scenario.Login());
    }

    [Fact]
    public void A_dead_token_cannot_end_the_sessions_of_its_owner()
    {
        var (mine, other) = (_scenario.Login(), _scenario.Login());
        _scenario.Perform(new EndOwnSession(mine.Proof(), Scenario.Laptop)).Result();
        Assert.Equal(Refusal.TokenNotValid, _scenario.Perform(new EndAllSessions(mine.Proof(), Scenario.Laptop)).Refusal);
        _scenario.AssertGood(other);
    }
}
