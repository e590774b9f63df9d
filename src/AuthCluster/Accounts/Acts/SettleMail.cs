using System.Collections.Immutable;

namespace AuthCluster.Accounts.Acts;

/// <summary>The mails that wait, oldest first.</summary>
public sealed record ViewMails : Act<ImmutableArray<WaitingMail>>
{
    public override Decision<ImmutableArray<WaitingMail>> Decide(AccountState? state, Moment moment) =>
        Decision.Unchanged<ImmutableArray<WaitingMail>>(state, state?.Mails ?? []);
}

/// <summary>A mail was handed over, or tried in vain.</summary>
/// <param name="IsDone">It was handed over, or never will be.</param>
public sealed record SettleMail(Guid MailId, bool IsDone) : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment)
    {
        if (state?.Mails.FirstOrDefault(mail => mail.Id == MailId) is not { } mail)
            return Decision.Unchanged<Done>(state, default(Done));
        var mails = IsDone ? state.Mails.Remove(mail) : state.Mails.Replace(mail, mail with { Tries = mail.Tries + 1 });
        return Decision.Changed<Done>(state with { Mails = mails }, default(Done));
    }
}
