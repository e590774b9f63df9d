using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class RenewEmergencyCodesTests
{
    private readonly Scenario _scenario;
    private readonly Grant _mine;

    public RenewEmergencyCodesTests() => (_scenario, _mine) = Scenario.WithSecondFactor();

    [Fact]
    public void The_old_set_is_void()
    {
        Renew(_scenario.Code(_mine, step: 101)).Result();
        Assert.Equal(Refusal.InvalidCredentials, _scenario.Complete(_scenario.Challenge(), emergency: "second code").Refusal);
        _scenario.Complete(_scenario.Challenge(), emergency: "third code").Result();
        _scenario.AssertGood(_mine);
    }

    [Fact]
    public void An_emergency_code_will_do_and_is_used_up()
    {
        Renew(_scenario.Code(_mine, emergency: "first code")).Result();
        Assert.Equal(["third code"], _scenario.State.EmergencyCodes.ToArray());
    }

    [Fact]
    public void A_wrong_code_leaves_the_old_set()
    {
        Assert.Equal(Refusal.WrongCode, Renew(_scenario.Code(_mine)).Refusal);
        Assert.Equal(["first code", "second code"], _scenario.State.EmergencyCodes.ToArray());
    }

    private Outcome<Done> Renew(SettledCode code) =>
        _scenario.Perform(new RenewEmergencyCodes(_mine.Proof(), code, ["third code"], Scenario.Laptop));
}
