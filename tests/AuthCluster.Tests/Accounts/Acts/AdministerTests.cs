using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class AdministerTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void A_role_change_kills_access_tokens_and_refresh_tokens_live_on()
    {
        var grant = _scenario.Login();
        _scenario.Perform(new Administer { Roles = ["admin"] }).Result();
        Assert.False(_scenario.AccessIsGood(grant));
        Assert.Equal<string>(["admin"], _scenario.Refresh(grant).Result().Account.Roles);
    }

    [Fact]
    public void The_roles_that_count_are_the_accounts()
    {
        _scenario.Perform(new Administer { Roles = ["admin"] }).Result();
        Assert.Equal<string>(["admin"], Standing.Of(_scenario.State).Roles);
        _scenario.Perform(new Administer { Roles = [] }).Result();
        Assert.Empty(Standing.Of(_scenario.State).Roles);
    }

    [Fact]
    public void Deactivation_ends_every_session_and_activation_brings_none_back()
    {
        var (first, second) = (_scenario.Login(), _scenario.Login());
        _scenario.Perform(new Administer { Active = false }).Result();
        _scenario.AssertDead(first, second);
        _scenario.Perform(new Administer { Active = true }).Result();
        _scenario.AssertDead(first, second);
        _scenario.AssertGood(_scenario.Login());
    }

    [Fact]
    public void What_stays_as_it_was_changes_nothing()
    {
        _scenario.Perform(new Administer { Roles = ["editor"] }).Result();
        var grant = _scenario.Login();
        _scenario.Perform(new Administer { Roles = ["editor"], Active = true }).Result();
        _scenario.AssertGood(grant);
        Assert.Empty(_scenario.Logged);
        Assert.False(_scenario.MustBeStored);
    }

    [Fact]
    public void Roles_and_activity_at_once_are_two_entries_of_one_act()
    {
        _scenario.Perform(new Administer { Roles = ["editor"], Active = false }).Result();
        Assert.Equal([ActivityEvents.RolesChanged, ActivityEvents.Deactivated], _scenario.Logged.Select(entry => entry.Event));
        Assert.Equal([2, 3], _scenario.Logged.Select(entry => entry.Number));
        Assert.Equal<ActivityEntry>(_scenario.Logged, _scenario.State.Activity[^2..]);
    }

    [Fact]
    public void Only_an_active_account_counts_as_an_administrator()
    {
        _scenario.Perform(new Administer { Roles = ["admin"] }).Result();
        Assert.True(_scenario.State.IsActiveAdministrator);
        _scenario.Perform(new Administer { Active = false }).Result();
        Assert.False(_scenario.State.IsActiveAdministrator);
    }

    [Fact]
    public void An_account_that_is_not_there_is_not_found() =>
        Assert.Equal(Refusal.NoSuchAccount, new Scenario().Perform(new Administer { Active = false }).Refusal);
}
