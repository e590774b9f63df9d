using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class RegisterTests
{
    [Fact]
    public void A_new_account_is_active_and_has_no_session()
    {
        var scenario = Scenario.Registered();
        Assert.True(scenario.State.Active);
        Assert.False(scenario.State.EmailVerified);
        Assert.Empty(scenario.State.Sessions);
        Assert.Equal(scenario.Now, scenario.State.Joined);
        Assert.Equal(ActivityEvents.Registered, Assert.Single(scenario.Logged).Event);
    }

    [Fact]
    public void Its_two_secrets_differ()
    {
        var state = Scenario.Registered().State;
        Assert.NotEqual(state.AccessSecret, state.RefreshSecret);
    }

    [Fact]
    public void An_account_that_is_there_is_not_replaced()
    {
        var scenario = Scenario.Registered();
        var before = scenario.State;
        var outcome = scenario.Perform(new Register(before.Id, "eve@example.org", "other hash", Scenario.Phone));
        Assert.Equal(Refusal.EmailTaken, outcome.Refusal);
        Assert.Same(before, scenario.State);
    }
}
