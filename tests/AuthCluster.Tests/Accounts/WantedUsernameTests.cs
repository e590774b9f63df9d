using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Tests.Accounts.Mails;
using Xunit;

namespace AuthCluster.Tests.Accounts;

/// <summary>Who comes to a user name where addresses are confirmed.</summary>
public sealed class WantedUsernameTests
{
    private readonly Scenario _scenario = new() { Rules = new AccountRules { ConfirmEmail = true } };

    public WantedUsernameTests() =>
        _scenario.Perform(new Register(Guid.NewGuid(), "ann@example.org", "first hash", Scenario.Laptop) { Username = "ann" }).Result();

    [Fact]
    public void The_name_is_the_accounts_once_the_address_is_confirmed()
    {
        Assert.Null(_scenario.State.UsernameKey);

        _scenario.Perform(new VerifyEmail(_scenario.SendCode(MailKind.VerifyEmail), Scenario.Laptop)).Result();

        Assert.Equal(("ann", null), (_scenario.State.Username, _scenario.State.WantedUsername));
    }

    [Fact]
    public void An_account_whose_name_another_one_has_by_then_goes_on_without()
    {
        var verify = new VerifyEmail(_scenario.SendCode(MailKind.VerifyEmail), Scenario.Laptop);

        var decision = verify.Decide(_scenario.State, new Moment(_scenario.Now, Secret.New, _scenario.Rules) { UsernameIsTaken = true });

        Assert.Null(decision.Outcome.Refusal);
        Assert.True(decision.State!.EmailVerified);
        Assert.Equal((null, null), (decision.State.Username, decision.State.WantedUsername));
    }

    [Fact]
    public void A_later_registration_that_wants_none_leaves_none()
    {
        _scenario.Perform(new ReplaceUnconfirmed(new Register(Guid.NewGuid(), "ann@example.org", "second hash", Scenario.Phone))).Result();

        _scenario.Perform(new VerifyEmail(_scenario.SendCode(MailKind.VerifyEmail), Scenario.Laptop)).Result();

        Assert.Null(_scenario.State.Username);
    }

    [Fact]
    public void A_login_while_nothing_is_confirmed_takes_the_name()
    {
        _scenario.Rules = new AccountRules();

        _scenario.Login();

        Assert.Equal("ann", _scenario.State.Username);
    }

    [Fact]
    public void An_account_without_an_address_logs_in_where_addresses_are_confirmed_and_gets_no_mail()
    {
        var scenario = new Scenario { Rules = new AccountRules { ConfirmEmail = true } };
        scenario.Perform(new Adopt(Guid.NewGuid(), Email: null, "a hash") { Username = "bob" }).Result();

        scenario.Login();
        scenario.Wait(TimeSpan.FromHours(1));
        var caller = scenario.Login();

        Assert.Empty(scenario.SendAll());
        scenario.Perform(new RequestEmailChange(caller.Proof(), scenario.PasswordCheck(caller), "bob@example.org", Scenario.Laptop)).Result();
        scenario.Perform(new ConfirmEmailChange(scenario.SendCode(MailKind.ChangeEmail), Scenario.Laptop)).Result();
        Assert.Equal(("bob@example.org", "bob"), (scenario.State.Email, scenario.State.Username));
        Assert.Empty(scenario.SendAll());
    }
}
