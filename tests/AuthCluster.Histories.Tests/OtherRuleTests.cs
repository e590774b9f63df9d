using AuthCluster.Histories.Recording;
using Xunit;

namespace AuthCluster.Histories.Tests;

public sealed class OtherRuleTests
{
    private readonly WrittenHistory _history = new();

    [Fact]
    public void A_login_at_the_device_limit_may_evict()
    {
        var first = _history.Login(0, 10);
        _history.Login(20, 30);
        _history.Refused(first.Access, 40, 50);
        Assert.Equal(new Verdict(Living: 1), _history.Check());
        _history.Login(35, 37);
        Assert.Equal(Verdict.Clean, _history.Check());
    }

    [Fact]
    public void A_login_that_finds_room_evicts_nobody()
    {
        var (first, second) = (_history.Login(0, 10), _history.Login(0, 10));
        _history.Call(Acts.Logout, second.Access, 20, 30);
        _history.Login(40, 50);
        _history.Refused(first.Access, 60, 70);
        Assert.Equal(new Verdict(Living: 1), _history.Check());
    }

    [Fact]
    public void More_devices_in_the_list_than_the_limit_are_a_violation()
    {
        var login = _history.Login(0, 10);
        _history.Call(OperationKind.Devices, login.Access, 20, 30, status: 200, number: 2);
        Assert.Equal(Verdict.Clean, _history.Check());
        _history.Call(OperationKind.Devices, login.Access, 20, 30, status: 200, number: 3);
        Assert.Equal(new Verdict(DeviceLimit: 1), _history.Check());
    }

    [Fact]
    public void More_sessions_whose_tokens_are_accepted_than_the_limit_are_a_violation()
    {
        var sessions = Enumerable.Range(0, 3).Select(_ => _history.Login(0, 10)).ToList();
        _history.Accepted(sessions[0].Access, 20, 30);
        _history.Accepted(sessions[1].Access, 20, 30);
        Assert.Equal(Verdict.Clean, _history.Check());
        _history.Accepted(sessions[2].Access, 20, 30);
        Assert.Equal(new Verdict(DeviceLimit: 1), _history.Check());
    }

    [Fact]
    public void After_a_password_change_the_old_password_opens_nothing()
    {
        ChangePassword();
        _history.Login(40, 50, password: 0);
        Assert.Equal(1, _history.Check().Password);
    }

    [Fact]
    public void After_a_password_change_the_new_password_opens_the_account()
    {
        ChangePassword();
        _history.Login(40, 50, password: 1);
        _history.Call(OperationKind.Login, Guid.Empty, 40, 50, status: 401, number: 0);
        Assert.Equal(Verdict.Clean, _history.Check());
        _history.Call(OperationKind.Login, Guid.Empty, 40, 50, status: 401, number: 1);
        Assert.Equal(new Verdict(Password: 1), _history.Check());
    }

    [Fact]
    public void A_login_in_flight_opens_nothing_that_outlives_the_change_of_its_password()
    {
        ChangePassword();
        var late = _history.Login(25, 60, password: 0);
        _history.Refused(late.Access, 70, 80);
        Assert.Equal(Verdict.Clean, _history.Check());
        _history.Accepted(late.Access, 65, 70);
        Assert.Equal(new Verdict(Final: 1), _history.Check());
    }

    [Fact]
    public void Roles_that_an_acknowledged_change_replaced_are_a_violation()
    {
        SetRole(1, 20, 30);
        SetRole(2, 40, 50);
        CheckTells(1, 45, 60);
        CheckTells(2, 60, 70);
        Assert.Equal(0, _history.Check().Role);
        CheckTells(1, 50, 60);
        Assert.Equal(1, _history.Check().Role);
        CheckTells(-1, 60, 70);
        Assert.Equal(2, _history.Check().Role);
    }

    [Fact]
    public void Of_two_changes_of_roles_at_the_same_time_either_may_be_the_last()
    {
        SetRole(1, 20, 40);
        SetRole(2, 30, 50);
        CheckTells(1, 60, 70);
        Assert.Equal(0, _history.Check().Role);
    }

    /// <summary>From password 0 to password 1, between 20 and 30.</summary>
    private void ChangePassword()
    {
        var login = _history.Login(0, 10);
        _history.Call(OperationKind.ChangePassword, login.Access, 20, 30, status: 200, number: 0, newPassword: 1);
    }

    private void SetRole(int role, long start, long end) =>
        _history.Call(OperationKind.ChangeRole, Guid.Empty, start, end, status: 200, number: role);

    /// <summary>A check with a token that it says nothing about.</summary>
    private void CheckTells(int role, long start, long end) =>
        _history.Call(OperationKind.ForwardAuth, Guid.Empty, start, end, status: 200, number: role);
}
