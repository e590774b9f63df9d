using AuthCluster.Accounts;
using AuthCluster.Keys;
using AuthCluster.Tokens;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AuthCluster.Tests.Tokens;

public sealed class DeviceTokensTests
{
    private static readonly Guid Account = Guid.NewGuid();
    private static readonly Guid Client = Guid.NewGuid();

    private readonly FakeTimeProvider _time = new();
    private readonly DeviceTokens _tokens;

    public DeviceTokensTests() => _tokens = new DeviceTokens(Deployment.Master, _time);

    [Fact]
    public void It_says_again_what_was_put_in() =>
        Assert.Equal(new DeviceTokenFacts(Client, 7), _tokens.Read(_tokens.Issue(Account, Client, 7), Account));

    [Fact]
    public void It_is_good_for_its_own_account_only() => Assert.Null(_tokens.Read(_tokens.Issue(Account, Client, 1), Guid.NewGuid()));

    [Fact]
    public void It_is_good_for_a_year()
    {
        var token = _tokens.Issue(Account, Client, 1);
        _time.Advance(TimeSpan.FromDays(365) - TimeSpan.FromSeconds(1));
        Assert.NotNull(_tokens.Read(token, Account));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_tokens.Read(token, Account));
    }

    [Fact]
    public void Another_master_key_voids_it()
    {
        var other = new DeviceTokens(MasterKey.FromBase64(Convert.ToBase64String(new byte[32])), _time);
        Assert.Null(other.Read(_tokens.Issue(Account, Client, 1), Account));
    }

    [Fact]
    public void Every_change_of_a_character_is_refused()
    {
        var token = _tokens.Issue(Account, Client, 1);
        for (var i = 0; i < token.Length; i++)
        {
            foreach (var other in (char[])['A', 'B', '=', ' ', 'é'])
            {
                if (other != token[i])
                    Assert.Null(_tokens.Read(string.Concat(token.AsSpan(0, i), [other], token.AsSpan(i + 1)), Account));
            }
        }
    }

    [Fact]
    public void Anything_else_is_refused()
    {
        Assert.Null(_tokens.Read(null, Account));
        string[] texts = ["", "A", "not a token", new('A', 80), new('A', 81), new('é', 80), new('A', 1_000_000)];
        foreach (var text in texts)
            Assert.Null(_tokens.Read(text, Account));
    }
}
