using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts;

public sealed class ActivityTests
{
    [Fact]
    public void Only_the_last_entries_are_kept_and_their_numbers_go_on()
    {
        var scenario = Scenario.Registered(new AccountRules { ActivityKept = 3 });
        for (var i = 0; i < 9; i++)
            scenario.Login();
        Assert.Equal([8, 9, 10], scenario.Perform(new ViewActivity()).Result().Select(entry => entry.Number));
        Assert.Equal(10, scenario.State.ActivityCount);
    }

    [Fact]
    public void A_limit_that_was_lowered_holds_from_the_next_entry_on()
    {
        var scenario = Scenario.Registered();
        for (var i = 0; i < 9; i++)
            scenario.Login();
        scenario.Rules = scenario.Rules with { ActivityKept = 2 };
        scenario.Login();
        Assert.Equal([10, 11], scenario.State.Activity.Select(entry => entry.Number));
    }

    [Fact]
    public void Every_entry_says_when_who_and_from_where()
    {
        var scenario = Scenario.Registered();
        scenario.Wait(TimeSpan.FromMinutes(1));
        scenario.TryLogin(right: false, client: Scenario.Phone);
        var entry = Assert.Single(scenario.Logged);
        Assert.Equal((scenario.Now, "ann@example.org", "198.51.100.2", "Phone/1.0"), (entry.Time, entry.Email, entry.Address, entry.UserAgent));
    }

    [Fact]
    public void A_refresh_is_no_activity()
    {
        var scenario = Scenario.Registered();
        scenario.Refresh(scenario.Login()).Result();
        Assert.Empty(scenario.Logged);
    }
}
