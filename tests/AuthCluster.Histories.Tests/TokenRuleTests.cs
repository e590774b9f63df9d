using AuthCluster.Histories.Recording;
using Xunit;

namespace AuthCluster.Histories.Tests;

public sealed class TokenRuleTests
{
    private readonly WrittenHistory _history = new();

    [Theory]
    [InlineData("POST /api/user/logout")]
    [InlineData("POST /api/user/logout/all")]
    [InlineData("""POST /api/admin/users/{id}/revoke {"token_type":"access"}""")]
    [InlineData("""POST /api/admin/users/{id}/revoke {"token_type":"all"}""")]
    [InlineData("""PATCH /api/admin/users/{id} {"roles":["$role"]}""")]
    [InlineData("PATCH /api/user/profile")]
    public void An_access_token_accepted_after_its_revocation_is_a_violation(string revocation)
    {
        var login = _history.Login(0, 10);
        _history.Call(OperationKind.Of(revocation), login.Access, 20, 30);
        _history.Accepted(login.Access, 30, 40);
        Assert.Equal(new Verdict(Final: 1), _history.Check());
    }

    [Fact]
    public void A_token_may_go_either_way_while_it_is_being_revoked()
    {
        var login = _history.Login(0, 10);
        _history.Call(Acts.RevokeAccess, login.Access, 20, 30);
        _history.Accepted(login.Access, 29, 40);
        _history.Refused(login.Access, 20, 21);
        Assert.Equal(new Verdict(Steady: 1), _history.Check());
    }

    [Fact]
    public void A_token_refused_once_and_accepted_later_is_a_violation()
    {
        var login = _history.Login(0, 10);
        _history.Call(Acts.LogoutAll, login.Access, 20, 100, status: 0);
        _history.Refused(login.Access, 30, 40);
        _history.Accepted(login.Access, 35, 45);
        Assert.Equal(Verdict.Clean, _history.Check());
        _history.Accepted(login.Access, 40, 50);
        Assert.Equal(new Verdict(Steady: 1), _history.Check());
    }

    [Fact]
    public void A_living_token_that_is_refused_is_a_violation()
    {
        var login = _history.Login(0, 10);
        _history.Refused(login.Access, 20, 30);
        Assert.Equal(new Verdict(Living: 1), _history.Check());
    }

    [Fact]
    public void An_act_of_unknown_outcome_may_come_to_pass_long_after_its_client_gave_up()
    {
        var login = _history.Login(0, 10);
        _history.Call(Acts.LogoutAll, login.Access, 20, 30, status: 503);
        _history.Accepted(login.Access, 40, 50);
        _history.Refused(login.Access, 1000, 1010);
        Assert.Equal(Verdict.Clean, _history.Check());
    }

    [Fact]
    public void An_act_of_unknown_outcome_ends_with_the_process()
    {
        var login = _history.Login(0, 10);
        _history.Call(Acts.RevokeAccess, login.Access, 20, 30, status: 0);
        _history.Call(OperationKind.Restart, Guid.Empty, 25, 100);
        var refreshed = _history.Renew(OperationKind.Refresh, login, 110, 120);
        _history.Refused(refreshed.Access, 130, 140);
        Assert.Equal(new Verdict(Living: 1), _history.Check());
    }

    [Fact]
    public void An_expired_token_may_be_refused()
    {
        var login = _history.Login(0, 10, accessSeconds: 5);
        _history.Refused(login.Access, 2000, 3001);
        Assert.Equal(Verdict.Clean, _history.Check());
    }

    [Fact]
    public void A_refresh_token_outlives_what_revokes_access_tokens()
    {
        var login = _history.Login(0, 10);
        _history.Call(Acts.ChangeProfile, login.Access, 20, 30, status: 200);
        _history.Call(OperationKind.Verify, login.Refresh, 40, 50, status: 401);
        Assert.Equal(new Verdict(Living: 1), _history.Check());
    }

    [Fact]
    public void An_access_token_outlives_what_revokes_refresh_tokens()
    {
        var login = _history.Login(0, 10);
        _history.Call(Acts.RevokeRefresh, login.Access, 20, 30);
        _history.Accepted(login.Access, 40, 50);
        _history.Call(OperationKind.Verify, login.Refresh, 40, 50, status: 200);
        Assert.Equal(new Verdict(Final: 1), _history.Check());
    }

    [Fact]
    public void Ending_the_others_spares_the_callers_session_and_its_new_pair_only()
    {
        var (own, other) = (_history.Login(0, 10), _history.Login(0, 10));
        var renewed = _history.Renew(Acts.LogoutOthers, own, 20, 30);
        _history.Accepted(renewed.Access, 40, 50);
        Assert.Equal(Verdict.Clean, _history.Check());
        _history.Accepted(own.Access, 40, 50);
        _history.Accepted(other.Access, 40, 50);
        Assert.Equal(new Verdict(Final: 2), _history.Check());
        _history.Refused(renewed.Access, 60, 70);
        Assert.Equal(new Verdict(Final: 2, Living: 1), _history.Check());
    }

    [Fact]
    public void No_refresh_in_flight_brings_back_a_session_that_ended()
    {
        var login = _history.Login(0, 10);
        var renewed = _history.Renew(OperationKind.Refresh, login, 15, 60);
        _history.Call(Acts.Logout, login.Access, 20, 30);
        _history.Accepted(renewed.Access, 70, 80);
        Assert.Equal(new Verdict(Final: 1), _history.Check());
    }

    [Fact]
    public void A_deleted_device_is_over_and_the_others_go_on()
    {
        var (own, other) = (_history.Login(0, 10), _history.Login(0, 10));
        _history.Call(Acts.EndDevice, own.Access, 20, 30, target: other.Session);
        _history.Accepted(other.Access, 40, 50);
        _history.Refused(own.Access, 40, 50);
        Assert.Equal(new Verdict(Final: 1, Living: 1), _history.Check());
    }

    [Fact]
    public void Only_a_replay_after_the_grace_may_end_a_session()
    {
        var login = _history.Login(0, 10);
        var renewed = _history.Renew(OperationKind.Refresh, login, 20, 30);
        _history.Call(OperationKind.Refresh, login.Refresh, 3000, 3010, status: 401);
        _history.Refused(renewed.Access, 3020, 3030);
        Assert.Equal(Verdict.Clean, _history.Check());
        _history.Call(OperationKind.Refresh, login.Refresh, 1000, 1010, status: 401);
        Assert.Equal(new Verdict(Living: 1), _history.Check());
    }
}
