using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class RevokeTokensTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void Revoked_access_tokens_leave_refresh_tokens_alive()
    {
        var grant = _scenario.Login();
        _scenario.Perform(new RevokeTokens(RevokedTokens.Access)).Result();
        Assert.False(_scenario.AccessIsGood(grant));
        _scenario.AssertGood(_scenario.Refresh(grant).Result());
    }

    [Fact]
    public void Revoked_refresh_tokens_leave_access_tokens_alive()
    {
        var grant = _scenario.Login();
        _scenario.Perform(new RevokeTokens(RevokedTokens.Refresh)).Result();
        Assert.True(_scenario.AccessIsGood(grant));
        Assert.False(_scenario.RefreshIsGood(grant));
    }

    [Fact]
    public void Revoking_all_ends_every_session()
    {
        var (first, second) = (_scenario.Login(), _scenario.Login());
        _scenario.Perform(new RevokeTokens(RevokedTokens.All)).Result();
        _scenario.AssertDead(first, second);
        Assert.Empty(_scenario.State.Sessions);
    }

    [Theory]
    [InlineData(RevokedTokens.Access)]
    [InlineData(RevokedTokens.Refresh)]
    [InlineData(RevokedTokens.All)]
    public void It_is_logged_as_an_administrators_act(RevokedTokens tokens)
    {
        _scenario.Perform(new RevokeTokens(tokens)).Result();
        var entry = Assert.Single(_scenario.Logged);
        Assert.Equal((ActivityEvents.TokensRevoked, ActivityReasons.Administrator), (entry.Event, entry.Reason));
    }

    [Fact]
    public void An_account_that_is_not_there_is_not_found() =>
        Assert.Equal(Refusal.NoSuchAccount, new Scenario().Perform(new RevokeTokens(RevokedTokens.All)).Refusal);
}
