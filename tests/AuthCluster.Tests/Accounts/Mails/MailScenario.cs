using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;

namespace AuthCluster.Tests.Accounts.Mails;

/// <summary>Mail of one account, as its sender and its readers see it.</summary>
internal static class MailScenario
{
    /// <summary>Hands over every mail that waits.</summary>
    public static List<WaitingMail> SendAll(this Scenario scenario)
    {
        var mails = scenario.Perform(new ViewMails()).Result().ToList();
        foreach (var mail in mails)
            scenario.Perform(new SettleMail(mail.Id, IsDone: true)).Result();
        return mails;
    }

    /// <summary>The code of the only mail of this kind among those that wait.</summary>
    public static Guid SendCode(this Scenario scenario, MailKind kind) => scenario.SendAll().Single(mail => mail.Kind == kind).Code!.Id;

    public static Guid ResetCode(this Scenario scenario)
    {
        scenario.Perform(new RequestPasswordReset(Scenario.Phone)).Result();
        return scenario.SendCode(MailKind.ResetPassword);
    }

    /// <summary>What a thief does who has the password and the mailbox of the new address.</summary>
    /// <returns>The code that the old address got.</returns>
    public static Guid ChangeEmail(this Scenario scenario, string email)
    {
        scenario.Wait(TimeSpan.FromMinutes(1));
        var caller = scenario.Login();
        scenario.Perform(new RequestEmailChange(caller.Proof(), scenario.PasswordCheck(caller), email, Scenario.Phone)).Result();
        scenario.Perform(new ConfirmEmailChange(scenario.SendCode(MailKind.ChangeEmail), Scenario.Phone)).Result();
        return scenario.SendCode(MailKind.EmailChanged);
    }

    public static void ChangePassword(this Scenario scenario, Grant caller) =>
        scenario.Perform(new ChangePassword(caller.Proof(), scenario.PasswordCheck(caller), "another hash", Scenario.Phone)).Result();
}
