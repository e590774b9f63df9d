using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class StepUpTests
{
    private readonly Scenario _scenario;
    private readonly Grant _mine;

    public StepUpTests() => (_scenario, _mine) = Scenario.WithSecondFactor();

    [Fact]
    public void The_session_has_proved_the_second_factor_from_then_on()
    {
        _scenario.Wait(TimeSpan.FromMinutes(1));
        var raised = StepUp(_scenario.Code(_mine, step: 101)).Result();
        Assert.Equal(["pwd", "otp"], raised.Session.Methods.ToArray());
        Assert.Equal(_scenario.Now, raised.Session.Authenticated);
        var standing = Standing.Of(_scenario.State);
        Assert.True(standing.MfaEnabled);
        Assert.Equal(["pwd", "otp"], standing.FindSession(_mine.Session.Id)!.Methods.ToArray());
        _scenario.AssertGood(_mine, raised);
    }

    [Fact]
    public void A_wrong_code_changes_nothing_and_draws_on_the_sessions_own_budget()
    {
        Assert.Equal(Refusal.WrongCode, StepUp(_scenario.Code(_mine)).Refusal);
        Assert.Equal(_mine.Session.DeviceId, Assert.Single(_scenario.State.KnownCodeAttempts).Device);
        Assert.Equal(ActivityReasons.WrongCode, Assert.Single(_scenario.Logged).Reason);
    }

    [Fact]
    public void Without_a_second_factor_there_is_nothing_to_prove()
    {
        var scenario = Scenario.Registered();
        Assert.Equal(Refusal.NoSecondFactor, scenario.Perform(new BeginCodeCheck(scenario.Login().Proof())).Refusal);
    }

    [Fact]
    public void A_code_that_was_never_compared_counts_for_nothing()
    {
        for (var i = 0; i < 20; i++)
            _scenario.Perform(new ReleaseCode(_scenario.Code(_mine))).Result();
        Assert.Empty(_scenario.State.KnownCodeAttempts);
    }

    private Outcome<Grant> StepUp(SettledCode code) => _scenario.Perform(new StepUp(_mine.Proof(), code, Scenario.Laptop));
}
