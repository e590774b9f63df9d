using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class LogoutTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void The_session_of_the_caller_is_over_and_no_other()
    {
        var (mine, other) = (_scenario.Login(), _scenario.Login());
        _scenario.Perform(new EndOwnSession(mine.Proof(), Scenario.Laptop)).Result();
        _scenario.AssertDead(mine);
        _scenario.AssertGood(other);
        Assert.True(_scenario.MustBeStored);
    }

    [Fact]
    public void A_second_logout_with_the_same_token_is_refused()
    {
        var mine = _scenario.Login();
        _scenario.Perform(new EndOwnSession(mine.Proof(), Scenario.Laptop)).Result();
        Assert.Equal(Refusal.TokenNotValid, _scenario.Perform(new EndOwnSession(mine.Proof(), Scenario.Laptop)).Refusal);
        Assert.Empty(_scenario.Logged);
    }

    [Fact]
    public void A_token_whose_secret_was_revoked_ends_nothing()
    {
        var mine = _scenario.Login();
        _scenario.Perform(new RevokeTokens(RevokedTokens.Access)).Result();
        Assert.Equal(Refusal.TokenNotValid, _scenario.Perform(new EndOwnSession(mine.Proof(), Scenario.Laptop)).Refusal);
        Assert.Single(_scenario.State.Sessions);
    }
}
