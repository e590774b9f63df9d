using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class DeviceLimitTests
{
    [Fact]
    public void The_session_least_recently_used_gives_way()
    {
        var (scenario, first, second) = TwoOfTwo(AtSessionLimit.EvictLeastRecentlyUsed);
        scenario.Perform(new NoteSeen(first.Session.Id, Rotation: 1));
        var third = scenario.Login();
        scenario.AssertDead(second);
        scenario.AssertGood(first, third);
    }

    [Fact]
    public void A_refresh_counts_as_use()
    {
        var (scenario, first, second) = TwoOfTwo(AtSessionLimit.EvictLeastRecentlyUsed);
        var refreshed = scenario.Refresh(first).Result();
        scenario.Login();
        scenario.AssertDead(second);
        scenario.AssertGood(refreshed);
    }

    [Fact]
    public void The_oldest_session_gives_way_however_much_it_is_used()
    {
        var (scenario, first, second) = TwoOfTwo(AtSessionLimit.EvictOldest);
        scenario.Perform(new NoteSeen(first.Session.Id, Rotation: 1));
        var third = scenario.Login();
        scenario.AssertDead(first);
        scenario.AssertGood(second, third);
    }

    [Fact]
    public void All_sessions_give_way()
    {
        var (scenario, first, second) = TwoOfTwo(AtSessionLimit.EvictAll);
        var third = scenario.Login();
        scenario.AssertDead(first, second);
        scenario.AssertGood(third);
    }

    [Fact]
    public void The_new_session_is_rejected()
    {
        var (scenario, first, second) = TwoOfTwo(AtSessionLimit.Reject);
        Assert.Equal(Refusal.SessionLimit, scenario.TryLogin().Refusal);
        Assert.Equal(ActivityReasons.SessionLimit, Assert.Single(scenario.Logged).Reason);
        scenario.AssertGood(first, second);
    }

    [Fact]
    public void A_rejected_login_is_no_wrong_guess()
    {
        var (scenario, _, _) = TwoOfTwo(AtSessionLimit.Reject);
        for (var i = 0; i < 50; i++)
            Assert.Equal(Refusal.SessionLimit, scenario.TryLogin().Refusal);
    }

    [Theory]
    [InlineData(AtSessionLimit.EvictAll)]
    [InlineData(AtSessionLimit.Reject)]
    public void A_session_that_is_over_takes_no_place(AtSessionLimit policy)
    {
        var (scenario, _, second) = TwoOfTwo(policy);
        scenario.Wait(scenario.Rules.RefreshLifetime - TimeSpan.FromMinutes(2));
        var third = scenario.Login();
        scenario.AssertGood(second, third);
    }

    [Fact]
    public void A_limit_that_was_lowered_holds_from_the_next_login_on()
    {
        var (scenario, _, _) = TwoOfTwo(AtSessionLimit.EvictOldest);
        scenario.Rules = scenario.Rules with { SessionLimit = 1 };
        var last = scenario.Login();
        Assert.Equal(last.Session.Id, Assert.Single(scenario.State.Sessions).Id);
    }

    /// <summary>The second login came a minute after the first.</summary>
    private static (Scenario Scenario, Grant First, Grant Second) TwoOfTwo(AtSessionLimit policy)
    {
        var scenario = Scenario.Registered(new AccountRules { SessionLimit = 2, AtSessionLimit = policy });
        var first = scenario.Login();
        scenario.Wait(TimeSpan.FromMinutes(1));
        var second = scenario.Login();
        scenario.Wait(TimeSpan.FromMinutes(1));
        return (scenario, first, second);
    }
}
