using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Mails;

/// <summary>What the link of a mail is good for, until when, and for whom: a thief reads mails, too.</summary>
public sealed class LinkTests
{
    private const string Owner = "ann@example.org";

    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void A_reset_voids_device_tokens_and_lets_a_locked_out_owner_in()
    {
        var mine = _scenario.Login();
        _scenario.ExhaustGuesses();
        var code = _scenario.ResetCode();

        _scenario.Perform(new ResetPassword(code, "second hash", Scenario.Laptop)).Result();

        _scenario.AssertDead(mine);
        Assert.NotEqual(mine.DeviceTokenGeneration, _scenario.State.DeviceTokenGeneration);
        Assert.Equal("second hash", _scenario.State.PasswordHash);
        Assert.Null(_scenario.TryLogin().Refusal);
    }

    [Fact]
    public void A_newer_request_leaves_earlier_links_good_and_the_first_use_of_one_voids_the_others()
    {
        var first = _scenario.ResetCode();
        _scenario.Wait(TimeSpan.FromMinutes(1));
        var second = _scenario.ResetCode();

        Assert.Null(_scenario.Decide(new ResetPassword(first, "x", Scenario.Laptop)).Outcome.Refusal);
        Assert.Null(_scenario.Perform(new ResetPassword(second, "x", Scenario.Laptop)).Refusal);
        Assert.Equal(Refusal.CodeNotValid, _scenario.Perform(new ResetPassword(first, "y", Scenario.Laptop)).Refusal);
    }

    [Fact]
    public void A_link_is_over_after_its_hour()
    {
        var code = _scenario.ResetCode();
        _scenario.Wait(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.Null(_scenario.Decide(new ResetPassword(code, "x", Scenario.Laptop)).Outcome.Refusal);

        _scenario.Wait(TimeSpan.FromMilliseconds(1));

        Assert.Equal(Refusal.CodeNotValid, _scenario.Perform(new ResetPassword(code, "x", Scenario.Laptop)).Refusal);
    }

    [Fact]
    public void A_mail_whose_link_is_void_by_now_is_not_sent()
    {
        var mine = _scenario.Login();
        _scenario.Perform(new RequestPasswordReset(Scenario.Phone)).Result();

        _scenario.ChangePassword(mine);

        Assert.Equal([MailKind.PasswordChanged], _scenario.SendAll().Select(mail => mail.Kind));
    }

    [Fact]
    public void Not_me_makes_the_password_void_whatever_a_thief_changed_it_to_and_mails_a_reset()
    {
        var thief = _scenario.Login();
        _scenario.ChangePassword(thief);
        var notice = _scenario.SendCode(MailKind.PasswordChanged);
        _scenario.ChangePassword(_scenario.Login());

        _scenario.Perform(new DisownActivity(notice, "no password", Scenario.Laptop)).Result();

        Assert.Equal("no password", _scenario.State.PasswordHash);
        Assert.Empty(_scenario.State.Sessions);
        Assert.Equal((MailKind.ResetPassword, Owner), _scenario.SendAll().Select(mail => (mail.Kind, mail.To)).Last());
        Assert.Equal(Refusal.CodeNotValid, _scenario.Perform(new DisownActivity(notice, "no password", Scenario.Laptop)).Refusal);
    }

    /// <summary>Otherwise the reset would go to the thief.</summary>
    [Fact]
    public void Not_me_from_an_earlier_address_takes_the_account_back_to_it()
    {
        _scenario.ChangePassword(_scenario.Login());
        var notice = _scenario.SendCode(MailKind.PasswordChanged);
        _scenario.ChangeEmail("thief@example.org");

        _scenario.Perform(new DisownActivity(notice, "no password", Scenario.Laptop)).Result();

        Assert.Equal(Owner, _scenario.State.Email);
        Assert.Equal([(MailKind.ResetPassword, Owner)], _scenario.SendAll().Select(mail => (mail.Kind, mail.To)));
    }

    [Fact]
    public void Where_the_earlier_address_is_anothers_by_now_no_reset_goes_to_the_present_one()
    {
        _scenario.ChangePassword(_scenario.Login());
        var notice = _scenario.SendCode(MailKind.PasswordChanged);
        _scenario.ChangeEmail("thief@example.org");

        _scenario.Perform(new DisownActivity(notice, "no password", Scenario.Laptop) { KeepEmail = true }).Result();

        Assert.Empty(_scenario.State.Sessions);
        Assert.Equal("no password", _scenario.State.PasswordHash);
        Assert.Empty(_scenario.SendAll());
    }

    [Fact]
    public void An_undone_change_mails_a_reset_to_the_old_address()
    {
        var undo = _scenario.ChangeEmail("thief@example.org");

        _scenario.Perform(new UndoEmailChange(undo, Scenario.Laptop)).Result();

        Assert.Equal((Owner, true), (_scenario.State.Email, _scenario.State.EmailVerified));
        Assert.Equal([(MailKind.ResetPassword, Owner)], _scenario.SendAll().Select(mail => (mail.Kind, mail.To)));
    }

    [Fact]
    public void A_thief_who_moves_on_and_on_does_not_push_the_owners_way_back_out()
    {
        var undo = _scenario.ChangeEmail("thief0@example.org");
        for (var i = 1; i <= 30; i++)
        {
            _scenario.Wait(TimeSpan.FromMinutes(13));
            _scenario.ChangeEmail($"thief{i}@example.org");
            _scenario.ChangePassword(_scenario.Login());
            _scenario.SendAll();
        }

        _scenario.Perform(new UndoEmailChange(undo, Scenario.Laptop)).Result();

        Assert.Equal(Owner, _scenario.State.Email);
    }

    [Fact]
    public void After_the_owner_took_the_account_back_no_link_of_the_thiefs_addresses_is_good()
    {
        var undo = _scenario.ChangeEmail("thief@example.org");
        var thiefs = _scenario.ChangeEmail("thief2@example.org");
        _scenario.ChangePassword(_scenario.Login());
        var notice = _scenario.SendCode(MailKind.PasswordChanged);
        _scenario.Perform(new UndoEmailChange(undo, Scenario.Laptop)).Result();

        Assert.Equal(Refusal.CodeNotValid, _scenario.Perform(new UndoEmailChange(thiefs, Scenario.Phone)).Refusal);
        Assert.Equal(Refusal.CodeNotValid, _scenario.Perform(new DisownActivity(notice, "x", Scenario.Phone)).Refusal);
    }

    [Fact]
    public void A_thief_who_goes_back_to_an_address_of_their_own_does_not_void_the_owners_link()
    {
        var undo = _scenario.ChangeEmail("thief@example.org");
        var thiefs = _scenario.ChangeEmail("thief2@example.org");
        _scenario.Perform(new UndoEmailChange(thiefs, Scenario.Phone)).Result();
        Assert.Equal("thief@example.org", _scenario.State.Email);

        _scenario.Perform(new UndoEmailChange(undo, Scenario.Laptop)).Result();

        Assert.Equal(Owner, _scenario.State.Email);
    }
}
