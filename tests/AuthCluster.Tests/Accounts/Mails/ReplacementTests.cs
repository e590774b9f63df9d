using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Mails;

/// <summary>A registration where addresses are confirmed, of an address that somebody registered before and nobody confirmed.</summary>
public sealed class ReplacementTests
{
    private readonly Scenario _scenario = Scenario.Registered(new AccountRules { ConfirmEmail = true });

    /// <summary>Otherwise the owner, whose own registration was passed over, would confirm a password of somebody else's.</summary>
    [Fact]
    public void It_takes_the_place_of_the_earlier_one_at_once_and_makes_its_link_void()
    {
        var earlier = _scenario.SendCode(MailKind.VerifyEmail);

        _scenario.Perform(Replacing("second hash")).Result();

        Assert.Equal("second hash", _scenario.State.PasswordHash);
        Assert.Equal(Refusal.CodeNotValid, _scenario.Perform(new VerifyEmail(earlier, Scenario.Laptop)).Refusal);
        Assert.Empty(_scenario.SendAll());
    }

    [Fact]
    public void Its_mail_goes_out_in_the_place_of_one_that_still_waits()
    {
        _scenario.Perform(Replacing("second hash")).Result();

        var code = _scenario.SendCode(MailKind.VerifyEmail);

        _scenario.Perform(new VerifyEmail(code, Scenario.Laptop)).Result();
        Assert.True(_scenario.State.EmailVerified);
    }

    [Fact]
    public void However_many_register_the_address_gets_one_mail_a_minute_and_five_an_hour()
    {
        var mails = _scenario.SendAll().Count;
        for (var i = 0; i < 59 * 2; i++)
        {
            _scenario.Wait(TimeSpan.FromSeconds(30));
            _scenario.Perform(Replacing($"hash {i}")).Result();
            mails += _scenario.SendAll().Count;
        }

        Assert.Equal(5, mails);
    }

    /// <summary>It was opened under confirmation, and used while that was off.</summary>
    [Fact]
    public void An_account_that_was_ever_used_is_not_replaced()
    {
        _scenario.Rules = new AccountRules();
        _scenario.Login();
        _scenario.Rules = new AccountRules { ConfirmEmail = true };

        Assert.Equal(Refusal.EmailTaken, _scenario.Perform(Replacing("a stranger's hash")).Refusal);
        Assert.Equal("first hash", _scenario.State.PasswordHash);
    }

    private static ReplaceUnconfirmed Replacing(string hash) => new(new Register(Guid.NewGuid(), "Ann@example.org", hash, Scenario.Phone));
}
