using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class LogoutOthersTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void Every_other_session_is_over_and_the_caller_goes_on_with_a_new_pair()
    {
        var (mine, other) = (_scenario.Login(), _scenario.Login());
        var renewed = _scenario.Perform(new EndOtherSessions(mine.Proof(), Scenario.Laptop)).Result();
        _scenario.AssertDead(mine, other);
        _scenario.AssertGood(renewed);
        Assert.Equal(mine.Session.Id, renewed.Session.Id);
    }

    [Fact]
    public void Every_earlier_pair_of_the_session_is_dead()
    {
        var first = _scenario.Login();
        var second = _scenario.Refresh(first).Result();
        var renewed = _scenario.Perform(new EndOtherSessions(second.Proof(), Scenario.Laptop)).Result();
        _scenario.AssertDead(first, second);
        Assert.Equal(3, renewed.Session.Rotation.Number);
    }

    [Fact]
    public void It_does_not_make_the_session_younger()
    {
        var mine = _scenario.Login();
        _scenario.Wait(TimeSpan.FromDays(20));
        var renewed = _scenario.Perform(new EndOtherSessions(mine.Proof(), Scenario.Phone)).Result();
        Assert.Equal(mine.Session.EndsAt(_scenario.Rules), renewed.Session.EndsAt(_scenario.Rules));
        Assert.Equal("198.51.100.2", renewed.Session.Address);
    }
}
