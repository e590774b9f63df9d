using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class ViewTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void The_account_is_seen_as_it_is()
    {
        _scenario.Login();
        var view = _scenario.Perform(new View()).Result();
        Assert.Equal((_scenario.State.Id, "ann@example.org", _scenario.Now), (view.Id, view.Email, view.LastLogin));
    }

    [Fact]
    public void Devices_come_in_the_order_of_their_logins_and_without_those_that_are_over()
    {
        _scenario.Login();
        _scenario.Wait(TimeSpan.FromDays(1));
        var (second, third) = (_scenario.Login(), _scenario.Login());
        _scenario.Wait(_scenario.Rules.RefreshLifetime - TimeSpan.FromDays(1));
        Assert.Equal([second.Session.Id, third.Session.Id], _scenario.Perform(new ViewSessions()).Result().Select(device => device.Id));
    }

    [Fact]
    public void Reading_stores_nothing()
    {
        var before = _scenario.State;
        _scenario.Perform(new View());
        _scenario.Perform(new ViewActivity());
        Assert.Same(before, _scenario.State);
        Assert.False(_scenario.MustBeStored);
    }

    [Fact]
    public void An_account_that_is_not_there_is_not_found()
    {
        var nobody = new Scenario();
        Assert.Equal(Refusal.NoSuchAccount, nobody.Perform(new View()).Refusal);
        Assert.Equal(Refusal.NoSuchAccount, nobody.Perform(new ViewSessions()).Refusal);
        Assert.Equal(Refusal.NoSuchAccount, nobody.Perform(new ViewActivity()).Refusal);
    }
}
