using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class RefreshSessionTests
{
    private static readonly TimeSpan Grace = new AccountRules().RefreshGrace;
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void The_newest_token_gets_a_successor()
    {
        var first = _scenario.Login();
        _scenario.Wait(TimeSpan.FromMinutes(10));
        var second = _scenario.Refresh(first).Result();
        Assert.NotEqual(first.Session.Rotation.TokenId, second.Session.Rotation.TokenId);
        Assert.Equal(2, second.Session.Rotation.Number);
        Assert.Equal(_scenario.Now + _scenario.Rules.RefreshLifetime, second.Session.Rotation.Expires);
        Assert.True(_scenario.MustBeStored);
    }

    [Fact]
    public void A_refresh_leaves_the_old_access_token_alive()
    {
        var first = _scenario.Login();
        var second = _scenario.Refresh(first).Result();
        Assert.True(_scenario.AccessIsGood(first));
        Assert.True(_scenario.AccessIsGood(second));
    }

    [Fact]
    public void A_token_whose_answer_was_lost_gets_the_same_successor()
    {
        var first = _scenario.Login();
        var lost = _scenario.Refresh(first).Result();
        _scenario.Wait(Grace * 100);
        AssertSameToken(lost, _scenario.Refresh(first).Result());
    }

    [Fact]
    public void Within_the_grace_the_one_before_gets_the_newest_though_it_was_seen()
    {
        var first = _scenario.Login();
        var second = _scenario.Refresh(first).Result();
        See(second);
        _scenario.Wait(Grace - Tick);
        AssertSameToken(second, _scenario.Refresh(first).Result());
    }

    [Fact]
    public void After_the_grace_the_one_before_is_a_replay_once_the_newest_was_seen()
    {
        var first = _scenario.Login();
        See(_scenario.Refresh(first).Result());
        _scenario.Wait(Grace);
        Assert.Equal(Refusal.TokenNotValid, _scenario.Refresh(first).Refusal);
        Assert.Empty(_scenario.State.Sessions);
    }

    [Fact]
    public void A_sighting_of_an_older_pair_says_nothing_about_the_newest()
    {
        var first = _scenario.Login();
        var second = _scenario.Refresh(first).Result();
        See(first);
        _scenario.Wait(Grace * 2);
        AssertSameToken(second, _scenario.Refresh(first).Result());
    }

    [Fact]
    public void Any_token_rotated_within_the_grace_gets_the_newest()
    {
        var first = _scenario.Login();
        var newest = first;
        for (var i = 0; i < 5; i++)
            newest = _scenario.Refresh(newest).Result();
        _scenario.Wait(Grace - Tick);
        AssertSameToken(newest, _scenario.Refresh(first).Result());
    }

    [Fact]
    public void After_the_grace_a_token_before_the_one_before_is_a_replay()
    {
        var first = _scenario.Login();
        _scenario.Refresh(_scenario.Refresh(first).Result()).Result();
        _scenario.Wait(Grace);
        Assert.Equal(Refusal.TokenNotValid, _scenario.Refresh(first).Refusal);
    }

    [Fact]
    public void A_replay_ends_that_session_and_no_other()
    {
        var (other, first) = (_scenario.Login(), _scenario.Login());
        var second = _scenario.Refresh(first).Result();
        See(second);
        _scenario.Wait(Grace);
        _scenario.Refresh(first, Scenario.Phone);
        _scenario.AssertDead(first, second);
        _scenario.AssertGood(other);
    }

    [Fact]
    public void A_replay_is_logged_with_where_it_came_from()
    {
        var first = _scenario.Login();
        See(_scenario.Refresh(first).Result());
        _scenario.Wait(Grace);
        _scenario.Refresh(first, Scenario.Phone);
        var entry = Assert.Single(_scenario.Logged);
        Assert.Equal((ActivityEvents.RefreshReplayed, false, "198.51.100.2"), (entry.Event, entry.Succeeded, entry.Address));
        Assert.Equal(first.Session.Id, entry.SessionId);
    }

    [Fact]
    public void A_session_ends_after_its_age_however_often_it_is_refreshed()
    {
        var first = _scenario.Login();
        var newest = first;
        for (var end = _scenario.Now + _scenario.Rules.SessionMaxAge; _scenario.Now < end - Tick; _scenario.Wait(TimeSpan.FromDays(1)))
        {
            newest = _scenario.Refresh(newest).Result();
            Assert.True(newest.Session.Rotation.Expires <= end && newest.SessionEnd <= end);
        }

        Assert.Equal(Refusal.TokenNotValid, _scenario.Refresh(newest).Refusal);
        Assert.Equal(Refusal.TokenNotValid, _scenario.Perform(new EndOwnSession(newest.Proof(), Scenario.Laptop)).Refusal);
    }

    [Fact]
    public void No_access_token_outlives_the_session_that_nobody_refreshes()
    {
        var first = _scenario.Login();
        _scenario.Refresh(first).Result();
        _scenario.Wait(_scenario.Rules.RefreshLifetime - Tick);
        Assert.True(_scenario.Refresh(first).Result().SessionEnd <= _scenario.Now + Tick);
    }

    [Fact]
    public void A_token_that_is_as_old_as_it_may_be_is_refused()
    {
        var first = _scenario.Login();
        _scenario.Wait(_scenario.Rules.RefreshLifetime);
        Assert.Equal(Refusal.TokenNotValid, _scenario.Refresh(first).Refusal);
    }

    [Fact]
    public void A_tight_loop_of_refreshes_cannot_grow_the_account()
    {
        var newest = _scenario.Login();
        for (var i = 0; i < 1000; i++)
            newest = _scenario.Refresh(newest).Result();
        Assert.Equal(RefreshRotation.RememberedLimit, newest.Session.Rotation.Rotated.Length);
        _scenario.Wait(Grace);
        Assert.Single(_scenario.Refresh(newest).Result().Session.Rotation.Rotated);
    }

    [Fact]
    public void In_a_tight_loop_every_token_of_the_grace_still_gets_the_newest()
    {
        var (first, newest) = (_scenario.Login(), default(Grant));
        for (var i = 0; i < 1000; i++)
            newest = _scenario.Refresh(newest ?? first).Result();
        AssertSameToken(newest!, _scenario.Refresh(first).Result());
    }

    [Fact]
    public void A_newest_token_that_was_presented_was_seen_though_it_did_not_rotate()
    {
        var (before, newest) = (_scenario.Login(), default(Grant));
        for (var i = 0; i < RefreshRotation.RememberedLimit; i++)
            (before, newest) = (newest ?? before, _scenario.Refresh(newest ?? before).Result());
        AssertSameToken(newest!, _scenario.Refresh(newest!).Result());
        _scenario.Wait(Grace);
        Assert.Equal(Refusal.TokenNotValid, _scenario.Refresh(before).Refusal);
    }

    [Fact]
    public void A_logout_beats_a_refresh_in_flight()
    {
        var grant = _scenario.Login();
        _scenario.Perform(new EndOwnSession(grant.Proof(), Scenario.Laptop)).Result();
        Assert.Equal(Refusal.TokenNotValid, _scenario.Refresh(grant).Refusal);
        Assert.Empty(_scenario.State.Sessions);
    }

    [Fact]
    public void A_token_with_a_secret_of_yesterday_is_refused_and_ends_nothing()
    {
        var old = _scenario.Login();
        var renewed = _scenario.Perform(new EndOtherSessions(old.Proof(), Scenario.Laptop)).Result();
        Assert.Equal(Refusal.TokenNotValid, _scenario.Refresh(old).Refusal);
        _scenario.AssertGood(renewed);
    }

    [Fact]
    public void The_pair_is_bound_to_where_it_was_handed_out()
    {
        var refreshed = _scenario.Refresh(_scenario.Login(), Scenario.Phone).Result();
        Assert.Equal(("198.51.100.2", "Phone/1.0"), (refreshed.Session.Address, refreshed.Session.UserAgent));
    }

    [Fact]
    public void An_account_that_is_not_there_refreshes_nothing()
    {
        var grant = _scenario.Login();
        _scenario.Perform(new DeleteByAdministrator());
        Assert.Equal(Refusal.TokenNotValid, _scenario.Refresh(grant).Refusal);
    }

    private void See(Grant pair) => _scenario.Perform(new NoteSeen(pair.Session.Id, pair.Session.Rotation.Number));

    private static void AssertSameToken(Grant expected, Grant actual) => Assert.Equal(
        (expected.Session.Rotation.TokenId, expected.Session.Rotation.Expires, expected.Session.Rotation.Number),
        (actual.Session.Rotation.TokenId, actual.Session.Rotation.Expires, actual.Session.Rotation.Number));
}
