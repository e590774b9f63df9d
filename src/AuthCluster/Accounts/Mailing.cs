using AuthCluster.Clients;

namespace AuthCluster.Accounts;

/// <summary>How mails, and the codes of their links, join an account.</summary>
internal static class Mailing
{
    /// <summary>Mails kept while none can be sent. Past it a newer one is not sent: the first to tell of a thief is the one that counts.</summary>
    private const int MailLimit = 12;

    private static readonly TimeSpan VerifyLifetime = TimeSpan.FromDays(1);
    private static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan ProtectiveLifetime = TimeSpan.FromDays(7);
    private static readonly TimeSpan NoticeWindow = TimeSpan.FromHours(1);

    /// <summary>A mail that somebody asked for, who need not be the owner; <c>null</c> where too many were asked for.</summary>
    public static AccountState? Request(this AccountState state, MailKind kind, ClientFacts client, Moment moment) =>
        state.RequestedMails.With(moment.Now) is { } requested && state.HasRoomFor(mails: 1)
            ? (state with { RequestedMails = requested }).Post(kind, client, moment)
            : null;

    /// <summary>
    /// Tells the owner of an address that is to be theirs, at both. Counted apart from what anybody can ask for: otherwise strangers would keep
    /// the owner from changing it.
    /// </summary>
    public static AccountState? RequestEmailChange(this AccountState state, string newEmail, ClientFacts client, Moment moment)
    {
        if (state.EmailChangeMails.With(moment.Now) is not { } requested || !state.HasRoomFor(mails: 2))
            return null;
        var change = NewCode(LinkPurpose.ChangeEmail, newEmail, ResetLifetime, moment);
        var asked = (state with { EmailChangeMails = requested })
            .With(change, Mail(MailKind.ChangeEmail, newEmail, client, moment) with { Code = change, NewEmail = newEmail });
        if (state.Email is not { } oldEmail)
            return asked;
        var undo = NewCode(LinkPurpose.UndoEmailChange, oldEmail, ProtectiveLifetime, moment);
        return asked.With(undo, Mail(MailKind.EmailChangeRequested, oldEmail, client, moment) with { Code = undo, NewEmail = newEmail });
    }

    /// <summary>
    /// Tells the owner of something that happened, with a link for the case that it was somebody else. Of each kind five an hour: an address need
    /// not be the owner's, and a session can cause any number.
    /// </summary>
    public static AccountState Notify(this AccountState state, MailKind kind, ClientFacts client, Moment moment)
    {
        var recent = state.Notices.RemoveAll(notice => moment.Now - notice.At >= NoticeWindow);
        return recent.Count(notice => notice.Kind == kind) >= MailTimes.AnHour
            ? state
            : (state with { Notices = recent.Add(new NoticeTime(kind, moment.Now)) }).Post(kind, client, moment);
    }

    /// <summary>The same for a login from a device that was not seen before, unless there were many of late.</summary>
    public static AccountState NotifyOfNewDevice(this AccountState state, ClientFacts client, Moment moment) =>
        state.DeviceMails.With(moment.Now) is { } told ? (state with { DeviceMails = told }).Post(MailKind.NewDevice, client, moment) : state;

    /// <summary>Tells the old address of its account that it has another one now. The link of the first notice is good here, too.</summary>
    public static AccountState NotifyOfEmailChange(this AccountState state, string? oldEmail, ClientFacts client, Moment moment) =>
        oldEmail is null || !state.HasRoomFor(mails: 1) ? state : state with
        {
            Mails = state.Mails.Add(Mail(MailKind.EmailChanged, oldEmail, client, moment) with
            {
                NewEmail = state.Email,
                Code = state.Codes.LastOrDefault(code => code.Purpose == LinkPurpose.UndoEmailChange && code.Email == oldEmail),
            }),
        };

    /// <summary>A mail that was not asked for by anybody whose number must be limited. An account without an address gets none.</summary>
    public static AccountState Post(this AccountState state, MailKind kind, ClientFacts client, Moment moment)
    {
        if (state.Email is not { } email || !state.HasRoomFor(mails: 1))
            return state;
        var code = kind switch
        {
            MailKind.VerifyEmail => NewCode(LinkPurpose.VerifyEmail, email, VerifyLifetime, moment),
            MailKind.ResetPassword => NewCode(LinkPurpose.ResetPassword, email, ResetLifetime, moment),
            _ => NewCode(LinkPurpose.NotMe, email, ProtectiveLifetime, moment),
        };
        return state.With(code, Mail(kind, email, client, moment) with { Code = code });
    }

    private static bool HasRoomFor(this AccountState state, int mails) => state.Mails.Length + mails <= MailLimit;

    private static AccountState With(this AccountState state, MailedCode code, WaitingMail mail) =>
        state.WithCode(code, mail.At) with { Mails = state.Mails.Add(mail) };

    private static MailedCode NewCode(LinkPurpose purpose, string email, TimeSpan lifetime, Moment moment) =>
        new(moment.NewSecret(), purpose, moment.Now + lifetime) { Email = email };

    private static WaitingMail Mail(MailKind kind, string to, ClientFacts client, Moment moment) => new(moment.NewSecret(), kind, to, moment.Now)
    {
        Address = client.AddressText,
        Device = DeviceFamily.Of(client.UserAgent),
    };
}
