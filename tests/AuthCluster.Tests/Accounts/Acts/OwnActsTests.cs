using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

/// <summary>One user's acts fill no log.</summary>
public sealed class OwnActsTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void Sixty_logged_acts_fit_in_a_minute_and_the_next_waits_for_its_end()
    {
        var grant = _scenario.Login();
        for (var number = 0; number < 60; number++)
            grant = _scenario.Perform(Others(grant)).Result();

        var refused = _scenario.Perform(Others(grant));

        Assert.Equal(Refusal.TooManyAttempts, refused.Refusal);
        Assert.InRange(refused.RetryAfter, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
        _scenario.Wait(refused.RetryAfter);
        Assert.Null(_scenario.Perform(Others(grant)).Refusal);
    }

    [Fact]
    public void To_end_ones_own_sessions_is_never_refused()
    {
        var (grant, other) = (_scenario.Login(), _scenario.Login());
        for (var number = 0; number < 60; number++)
            grant = _scenario.Perform(Others(grant)).Result();
        Assert.Equal(Refusal.TooManyAttempts, _scenario.Perform(Others(grant)).Refusal);

        Assert.Null(_scenario.Perform(new EndAllSessions(Proof(grant), default)).Refusal);
    }

    private static EndOtherSessions Others(Grant grant) => new(Proof(grant), default);

    private static SessionProof Proof(Grant grant) => new(grant.Session.Id, grant.AccessSecret);
}
