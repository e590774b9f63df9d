using System.Text.Json.Nodes;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class ChangeProfileTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void Access_tokens_of_all_devices_die_and_refresh_tokens_live_on()
    {
        var (mine, other) = (_scenario.Login(), _scenario.Login());
        Change(mine, """{"city":"Bern"}""").Result();
        Assert.False(_scenario.AccessIsGood(mine) || _scenario.AccessIsGood(other));
        _scenario.AssertGood(_scenario.Refresh(mine).Result(), _scenario.Refresh(other).Result());
    }

    [Fact]
    public void The_answer_shows_the_new_profile()
    {
        var view = Change(_scenario.Login(), """{"city":"Bern"}""").Result();
        Assert.Equal("""{"city":"Bern"}""", view.Profile.Json);
    }

    [Fact]
    public void A_refused_profile_leaves_the_tokens_alive()
    {
        var mine = _scenario.Login();
        var before = _scenario.State;
        Assert.Equal(Refusal.ProfileNotAllowed, Change(mine, """{"a":{"b":{"c":{}}}}""").Refusal);
        Assert.Same(before, _scenario.State);
    }

    private Outcome<AccountView> Change(Grant caller, string changes) =>
        _scenario.Perform(new ChangeProfile(caller.Proof(), JsonNode.Parse(changes)!.AsObject(), Scenario.Laptop));
}
