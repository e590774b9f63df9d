using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class LegacyActTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void A_token_becomes_one_session_which_has_proved_nothing()
    {
        var token = NewToken();

        var granted = Assert.IsType<Granted>(_scenario.Perform(new ExchangeLegacyToken(token, Scenario.Laptop)).Result());

        Assert.Empty(granted.Grant.Session.Methods);
        Assert.Equal(token.IssuedAt, granted.Grant.Session.Authenticated);
        Assert.Equal(Refusal.TokenNotValid, _scenario.Perform(new ExchangeLegacyToken(token, Scenario.Laptop)).Refusal);
        Assert.Single(_scenario.State.Sessions);
    }

    [Fact]
    public void A_token_that_found_no_place_is_not_spent()
    {
        _scenario.Rules = new AccountRules { SessionLimit = 1, AtSessionLimit = AtSessionLimit.Reject };
        _scenario.Login();

        Assert.Equal(Refusal.SessionLimit, _scenario.Perform(new ExchangeLegacyToken(NewToken(), Scenario.Laptop)).Refusal);

        Assert.Empty(_scenario.State.Legacy.Spent);
    }

    [Fact]
    public void An_expired_token_is_refused_in_its_turn()
    {
        var token = NewToken();
        _scenario.Now = token.Expires;

        Assert.Equal(Refusal.TokenNotValid, _scenario.Perform(new EndLegacyToken(token, Scenario.Laptop)).Refusal);
    }

    [Fact]
    public void Where_more_are_spent_than_are_kept_all_so_far_are_dead()
    {
        var spent = Enumerable.Range(0, 65).Select(_ => NewToken()).ToList();
        var other = NewToken();
        foreach (var token in spent)
            _scenario.Perform(new EndLegacyToken(token, Scenario.Laptop)).Result();

        Assert.All(spent.Append(other), token => Assert.False(_scenario.State.Legacy.Accept(token)));
        _scenario.Now += TimeSpan.FromSeconds(1);
        Assert.True(_scenario.State.Legacy.Accept(NewToken()));
    }

    [Fact]
    public void Spent_tokens_are_forgotten_when_they_have_expired()
    {
        _scenario.Perform(new EndLegacyToken(NewToken(), Scenario.Laptop)).Result();
        _scenario.Now += TimeSpan.FromHours(2);
        _scenario.Perform(new EndLegacyToken(NewToken(), Scenario.Laptop)).Result();

        Assert.Single(_scenario.State.Legacy.Spent);
    }

    [Fact]
    public void Copies_of_other_nodes_are_taken_back_when_a_token_is_spent()
    {
        var before = _scenario.State;

        _scenario.Perform(new EndLegacyToken(NewToken(), Scenario.Laptop)).Result();

        Assert.False(new AccountChange(before.Id, 1, before, _scenario.State, []).LeavesCopiesTrue);
    }

    [Fact]
    public void An_account_keeps_what_it_spent()
    {
        _scenario.Perform(new EndLegacyToken(NewToken(), Scenario.Laptop)).Result();
        var spent = AccountDocument.Read(AccountDocument.Write(_scenario.State));
        _scenario.Perform(new RevokeTokens(RevokedTokens.All)).Result();
        var ended = AccountDocument.Read(AccountDocument.Write(_scenario.State));

        Assert.True(spent.Legacy.Says(new LegacyTokens { Spent = spent.Legacy.Spent }) && spent.Legacy.Spent.Length == 1);
        Assert.Equal(_scenario.Now, ended.Legacy.EndedAt);
    }

    [Fact]
    public void One_who_moved_in_deactivated_comes_back_with_a_login_alone()
    {
        var scenario = new Scenario();
        scenario.Perform(new Adopt(Guid.NewGuid(), "bob@example.org", "a hash") { Active = false }).Result();

        scenario.Perform(new Administer { Active = true }).Result();

        Assert.False(scenario.State.Legacy.Accept(new LegacyProof(Guid.NewGuid(), scenario.Now, scenario.Now + TimeSpan.FromHours(1))));
    }

    private LegacyProof NewToken() => new(Guid.NewGuid(), _scenario.Now, _scenario.Now + TimeSpan.FromHours(1));
}
