using System.Collections.Immutable;
using AuthCluster.Clients;

namespace AuthCluster.Accounts;

/// <summary>How mails and the codes of their links join an account, and how codes are used up.</summary>
internal static class Mailing
{
    /// <summary>Mails kept while none can be sent; past it the oldest are lost.</summary>
    private const int MailLimit = 12;

    private const int CodeLimit = 16;

    private static readonly TimeSpan VerifyLifetime = TimeSpan.FromDays(1);
    private static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan ProtectiveLifetime = TimeSpan.FromDays(7);

    /// <summary>A mail that somebody asked for, who need not be the owner; <c>null</c> where too many were asked for.</summary>
    public static AccountState? Request(this AccountState state, MailKind kind, ClientFacts client, Moment moment) =>
        state.RequestedMails.With(moment.Now) is { } requested ? (state with { RequestedMails = requested }).Post(kind, client, moment) : null;

    /// <summary>Tells the owner of an address that is to be theirs, at both.</summary>
    public static AccountState? RequestEmailChange(this AccountState state, string newEmail, ClientFacts client, Moment moment)
    {
        if (state.RequestedMails.With(moment.Now) is not { } requested)
            return null;
        var change = NewCode(LinkPurpose.ChangeEmail, ResetLifetime, moment) with { Email = newEmail };
        var undo = NewCode(LinkPurpose.UndoEmailChange, ProtectiveLifetime, moment) with { Email = state.Email };
        var told = state with { RequestedMails = requested };
        return told
            .With(change, Mail(MailKind.ChangeEmail, newEmail, client, moment) with { Code = change, NewEmail = newEmail })
            .With(undo, Mail(MailKind.EmailChangeRequested, state.Email, client, moment) with { Code = undo, NewEmail = newEmail });
    }

    /// <summary>Tells the owner of something that happened, with a link for the case that it was somebody else.</summary>
    public static AccountState Notify(this AccountState state, MailKind kind, ClientFacts client, Moment moment) => state.Post(kind, client, moment);

    /// <summary>The same for a login from a device that was not seen before, unless there were many of late.</summary>
    public static AccountState NotifyOfNewDevice(this AccountState state, ClientFacts client, Moment moment) =>
        state.DeviceMails.With(moment.Now) is { } told ? (state with { DeviceMails = told }).Post(MailKind.NewDevice, client, moment) : state;

    /// <summary>Tells the old address of its account that it has another one now. The link of the first notice is good here, too.</summary>
    public static AccountState NotifyOfEmailChange(this AccountState state, string oldEmail, ClientFacts client, Moment moment) => state with
    {
        Mails = Bounded(state.Mails.Add(Mail(MailKind.EmailChanged, oldEmail, client, moment) with
        {
            NewEmail = state.Email,
            Code = state.Codes.LastOrDefault(code => code.Purpose == LinkPurpose.UndoEmailChange && code.Email == oldEmail),
        }), MailLimit),
    };

    public static MailedCode? FindCode(this AccountState state, Guid id, LinkPurpose purpose, Moment moment) =>
        state.Codes.FirstOrDefault(code => code.Purpose == purpose && Secret.Matches(code.Id, id) && moment.Now < code.Expires);

    /// <summary>One code was used, or password or address changed: those that change one of them are void.</summary>
    public static AccountState VoidCodes(this AccountState state) => state with { Codes = state.Codes.RemoveAll(code => !code.IsProtective) };

    public static AccountState Without(this AccountState state, MailedCode code) => state with { Codes = state.Codes.Remove(code) };

    private static AccountState Post(this AccountState state, MailKind kind, ClientFacts client, Moment moment)
    {
        var code = kind switch
        {
            MailKind.VerifyEmail => NewCode(LinkPurpose.VerifyEmail, VerifyLifetime, moment),
            MailKind.ResetPassword => NewCode(LinkPurpose.ResetPassword, ResetLifetime, moment),
            _ => NewCode(LinkPurpose.NotMe, ProtectiveLifetime, moment),
        };
        return state.With(code, Mail(kind, state.Email, client, moment) with { Code = code });
    }

    private static AccountState With(this AccountState state, MailedCode code, WaitingMail mail) => state with
    {
        Codes = Bounded(state.Codes.RemoveAll(old => old.Expires <= mail.At).Add(code), CodeLimit),
        Mails = Bounded(state.Mails.Add(mail), MailLimit),
    };

    private static MailedCode NewCode(LinkPurpose purpose, TimeSpan lifetime, Moment moment) => new(moment.NewSecret(), purpose, moment.Now + lifetime);

    private static WaitingMail Mail(MailKind kind, string to, ClientFacts client, Moment moment) => new(moment.NewSecret(), kind, to, moment.Now)
    {
        Address = client.AddressText,
        Device = DeviceFamily.Of(client.UserAgent),
    };

    private static ImmutableArray<T> Bounded<T>(ImmutableArray<T> items, int limit) =>
        items.RemoveRange(0, Math.Max(0, items.Length - limit));
}
