using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class EndDeviceTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void The_named_session_is_over_and_no_other()
    {
        var (mine, other) = (_scenario.Login(), _scenario.Login());
        _scenario.Perform(new EndDevice(mine.Proof(), other.Device.Id, Scenario.Laptop)).Result();
        _scenario.AssertDead(other);
        _scenario.AssertGood(mine);
        Assert.Equal(other.Device.Id, Assert.Single(_scenario.Logged).DeviceId);
    }

    [Fact]
    public void The_caller_may_name_his_own()
    {
        var mine = _scenario.Login();
        _scenario.Perform(new EndDevice(mine.Proof(), mine.Device.Id, Scenario.Laptop)).Result();
        _scenario.AssertDead(mine);
    }

    [Fact]
    public void A_session_that_is_not_the_accounts_is_not_found()
    {
        var mine = _scenario.Login();
        var elsewhere = new Guid("11111111-1111-1111-1111-111111111111");
        Assert.Equal(Refusal.NoSuchDevice, _scenario.Perform(new EndDevice(mine.Proof(), elsewhere, Scenario.Laptop)).Refusal);
        Assert.Equal(Refusal.NoSuchDevice, _scenario.Perform(new EndDeviceByAdministrator(elsewhere)).Refusal);
    }

    [Fact]
    public void An_administrator_ends_a_session_and_leaves_no_trace_of_where_he_is()
    {
        var (mine, other) = (_scenario.Login(), _scenario.Login());
        _scenario.Perform(new EndDeviceByAdministrator(other.Device.Id)).Result();
        _scenario.AssertDead(other);
        _scenario.AssertGood(mine);
        var entry = Assert.Single(_scenario.Logged);
        Assert.Equal((ActivityReasons.Administrator, null), (entry.Reason, entry.Address));
    }
}
