using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Mails;

/// <summary>How many mails an account can be made to send.</summary>
public sealed class MailLimitTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void At_most_one_mail_a_minute_can_be_asked_for_whatever_it_is()
    {
        _scenario.ResetCode();
        Assert.Equal(Refusal.TooManyAttempts, _scenario.Perform(new RequestPasswordReset(Scenario.Phone)).Refusal);
        Assert.Equal(Refusal.TooManyAttempts, _scenario.Perform(new RequestVerification(Scenario.Phone)).Refusal);

        _scenario.Wait(TimeSpan.FromMinutes(1));

        _scenario.ResetCode();
    }

    [Fact]
    public void At_most_five_an_hour_can_be_asked_for()
    {
        var asked = 0;
        for (var minute = 0; minute < 60; minute++)
        {
            if (_scenario.Perform(new RequestPasswordReset(Scenario.Phone)).Refusal is null)
                asked++;
            _scenario.SendAll();
            _scenario.Wait(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(5, asked);
        _scenario.ResetCode();
    }

    [Fact]
    public void Strangers_who_ask_for_mails_do_not_keep_the_owner_from_changing_the_address()
    {
        _scenario.ResetCode();

        _scenario.ChangeEmail("new@example.org");

        Assert.Equal("new@example.org", _scenario.State.Email);
    }

    /// <summary>Anybody can register an address that is somebody else's, and would fill that mailbox from a session.</summary>
    [Fact]
    public void Notices_of_one_kind_are_five_an_hour_and_do_not_take_the_place_of_others()
    {
        var sent = new List<MailKind>();
        for (var i = 0; i < 50; i++)
        {
            _scenario.ChangePassword(_scenario.Login());
            sent.AddRange(_scenario.SendAll().Select(mail => mail.Kind));
            _scenario.Wait(TimeSpan.FromMinutes(1));
        }

        _scenario.TurnOnSecondFactor(_scenario.Login());

        Assert.Equal(5, sent.Count(kind => kind == MailKind.PasswordChanged));
        Assert.Contains(_scenario.SendAll(), mail => mail.Kind == MailKind.SecondFactorOn);
    }

    [Fact]
    public void What_waits_while_no_mail_can_be_sent_is_bounded_and_the_first_to_come_stays()
    {
        _scenario.ChangePassword(_scenario.Login());
        var first = _scenario.State.Mails[0];
        for (var i = 0; i < 100; i++)
        {
            _scenario.Wait(TimeSpan.FromMinutes(13));
            _scenario.ChangePassword(_scenario.Login());
            _scenario.Perform(new RequestPasswordReset(Scenario.Phone));
        }

        Assert.InRange(_scenario.State.Mails.Length, 2, 12);
        Assert.Equal(first, _scenario.State.Mails[0]);
        Assert.InRange(_scenario.State.Codes.Length, 1, 32);
    }
}
