using System.Text.Json.Nodes;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts;

/// <summary>That nothing else dies, and that nothing dies untold, is held by the generated sequences.</summary>
public sealed class RevocationTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void A_logout_ends_one_session_and_names_it()
    {
        var (mine, _) = (_scenario.Login(), _scenario.Login());
        _scenario.Perform(new EndOwnSession(mine.Proof(), Scenario.Laptop)).Result();
        AssertRevoked(Session(ActivityEvents.Logout, mine));
    }

    [Fact]
    public void A_logout_everywhere_is_told_once_for_the_user()
    {
        var (mine, _) = (_scenario.Login(), _scenario.Login());
        _scenario.Perform(new EndAllSessions(mine.Proof(), Scenario.Laptop)).Result();
        AssertRevoked(User(ActivityEvents.LogoutAll, mine));
    }

    [Fact]
    public void A_logout_of_the_others_kills_their_sessions_and_all_earlier_tokens_of_the_callers()
    {
        var (mine, other) = (_scenario.Login(), _scenario.Login());
        _scenario.Perform(new EndOtherSessions(mine.Proof(), Scenario.Laptop)).Result();
        AssertRevoked(
            Session(ActivityEvents.LogoutOthers, other), Access(ActivityEvents.LogoutOthers, mine), Refresh(ActivityEvents.LogoutOthers, mine));
    }

    [Fact]
    public void A_profile_change_kills_access_tokens_alone()
    {
        var mine = _scenario.Login();
        _scenario.Perform(new ChangeProfile(mine.Proof(), new JsonObject { ["name"] = "Ann" }, Scenario.Laptop)).Result();
        AssertRevoked(Access(ActivityEvents.ProfileChanged, mine));
    }

    [Fact]
    public void A_second_factor_kills_other_sessions_when_it_is_turned_on_and_access_tokens_when_off()
    {
        var (mine, other) = (_scenario.Login(), _scenario.Login());
        var on = _scenario.TurnOnSecondFactor(mine);
        AssertRevoked(Session(ActivityEvents.MfaEnabled, other), Access(ActivityEvents.MfaEnabled, mine), Refresh(ActivityEvents.MfaEnabled, mine));
        var password = _scenario.PasswordCheck(on);
        _scenario.Perform(new DeleteTotp(on.Proof(), password, _scenario.Code(on, step: 101), Scenario.Laptop)).Result();
        AssertRevoked(Access(ActivityEvents.MfaDisabled, on));
    }

    [Fact]
    public void A_replayed_refresh_token_kills_its_session()
    {
        var mine = _scenario.Login();
        _scenario.Refresh(_scenario.Refresh(mine).Result());
        _scenario.Wait(_scenario.Rules.RefreshGrace);
        Assert.NotNull(_scenario.Refresh(mine).Refusal);
        AssertRevoked(Session(ActivityEvents.RefreshReplayed, mine));
    }

    [Theory]
    [InlineData(RevokedTokens.Access)]
    [InlineData(RevokedTokens.Refresh)]
    [InlineData(RevokedTokens.All)]
    public void An_administrators_revocation_kills_what_it_names(RevokedTokens tokens)
    {
        var mine = _scenario.Login();
        _scenario.Perform(new RevokeTokens(tokens)).Result();
        AssertRevoked(tokens switch
        {
            RevokedTokens.Access => Access(ActivityEvents.TokensRevoked, mine),
            RevokedTokens.Refresh => Refresh(ActivityEvents.TokensRevoked, mine),
            _ => User(ActivityEvents.TokensRevoked, mine),
        });
    }

    [Fact]
    public void A_deactivation_kills_everything_and_what_comes_after_it_finds_nothing_to_kill()
    {
        var mine = _scenario.Login();
        _scenario.Perform(new Administer { Roles = ["editor"], Active = false }).Result();
        AssertRevoked(User(ActivityEvents.Deactivated, mine));
        _scenario.Perform(new RevokeTokens(RevokedTokens.All)).Result();
        AssertRevoked();
        _scenario.Perform(new Administer { Active = true }).Result();
        AssertRevoked();
    }

    [Fact]
    public void A_deletion_kills_everything()
    {
        var mine = _scenario.Login();
        _scenario.Perform(new DeleteByAdministrator()).Result();
        AssertRevoked(User(ActivityEvents.Deleted, mine));
    }

    [Fact]
    public void A_login_that_makes_room_tells_the_evicted_from_the_lapsed()
    {
        _scenario.Rules = new AccountRules { SessionLimit = 2, RefreshLifetime = TimeSpan.FromDays(1) };
        var lapsed = _scenario.Login();
        _scenario.Wait(TimeSpan.FromDays(1));
        var elder = _scenario.Login();
        AssertRevoked(Session(RevocationCauses.Lapsed, lapsed));
        _scenario.Wait(TimeSpan.FromSeconds(1));
        _scenario.Login();
        _scenario.Login();
        AssertRevoked(Session(RevocationCauses.Evicted, elder));
    }

    [Fact]
    public void What_kills_nothing_tells_of_nothing()
    {
        var mine = _scenario.Login();
        AssertRevoked();
        _scenario.Refresh(mine).Result();
        AssertRevoked();
        _scenario.TryLogin(right: false);
        AssertRevoked();
        _scenario.Perform(new NoteSeen(mine.Session.Id, 2)).Result();
        AssertRevoked();
    }

    [Fact]
    public void An_act_that_revokes_and_logs_nothing_is_a_bug()
    {
        _scenario.Login();
        Assert.Throws<InvalidOperationException>(
            () => Revocation.Between(_scenario.State, _scenario.State with { AccessSecret = Guid.NewGuid() }, effects: []));
    }

    private void AssertRevoked(params Revocation[] expected) => Assert.Equal(expected, _scenario.Revoked);

    private Revocation Session(string cause, Grant grant) => new(RevocationScope.Session, cause, _scenario.Now) { SessionId = grant.Session.Id };

    private Revocation Access(string cause, Grant grant) => new(RevocationScope.Access, cause, _scenario.Now) { Secret = grant.AccessSecret };

    private Revocation Refresh(string cause, Grant grant) => new(RevocationScope.Refresh, cause, _scenario.Now) { Secret = grant.RefreshSecret };

    private Revocation User(string cause, Grant grant) => new(RevocationScope.User, cause, _scenario.Now) { Secret = grant.AccessSecret };
}
