namespace AuthCluster.Accounts.Acts;

/// <summary>
/// A registration for an address whose account was never confirmed takes that account's place whole, so that nobody can take an address in advance:
/// what was mailed before confirms nothing any more.
/// </summary>
/// <param name="Registration">Its id is not used: the account that holds the address keeps its own.</param>
public sealed record ReplaceUnconfirmed(Register Registration) : Act<AccountView>
{
    public override Decision<AccountView> Decide(AccountState? state, Moment moment)
    {
        if (state is not { AwaitsConfirmation: true })
            return Decision.Refuse<AccountView>(state, Refusal.EmailTaken);
        var opened = (Registration with { Id = state.Id }).Open(moment) with
        {
            Activity = state.Activity,
            ActivityCount = state.ActivityCount,
            CredentialVersion = state.CredentialVersion + 1,
            DeviceTokenGeneration = state.DeviceTokenGeneration + 1,
            StrangerAttempts = state.StrangerAttempts,
            RequestedMails = state.RequestedMails,
        };
        // The bound on mails is the address', whoever registers. One that still waits gives its place to that of this registration.
        if (!state.Mails.Any(mail => mail.Kind == MailKind.VerifyEmail))
        {
            opened = state.RequestedMails.With(moment.Now) is { } requested
                ? opened with { RequestedMails = requested }
                : opened with { Mails = [], Codes = [] };
        }

        var entry = opened.Entry(moment, ActivityEvents.Registered, Registration.Client);
        return Decision.Changed<AccountView>(opened, AccountView.Of(opened), moment, entry);
    }
}
