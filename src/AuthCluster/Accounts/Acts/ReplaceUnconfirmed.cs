namespace AuthCluster.Accounts.Acts;

/// <summary>
/// A registration for an address whose account was never confirmed takes that account's place whole, so that nobody can take an address in advance.
/// </summary>
/// <param name="Registration">Its id is not used: the account that holds the address keeps its own.</param>
public sealed record ReplaceUnconfirmed(Register Registration) : Act<AccountView>
{
    public override Decision<AccountView> Decide(AccountState? state, Moment moment)
    {
        if (state is not { AwaitsConfirmation: true })
            return Decision.Refuse<AccountView>(state, Refusal.EmailTaken);
        // The bound on mails is the address', whoever registers.
        if (state.RequestedMails.With(moment.Now) is not { } requested)
            return Decision.Refuse<AccountView>(state, Refusal.EmailTaken);
        var opened = (Registration with { Id = state.Id }).Open(moment) with
        {
            Activity = state.Activity,
            ActivityCount = state.ActivityCount,
            CredentialVersion = state.CredentialVersion + 1,
            DeviceTokenGeneration = state.DeviceTokenGeneration + 1,
            StrangerAttempts = state.StrangerAttempts,
            RequestedMails = requested,
        };
        var entry = opened.Entry(moment, ActivityEvents.Registered, Registration.Client);
        return Decision.Changed<AccountView>(opened, AccountView.Of(opened), moment, entry);
    }
}
