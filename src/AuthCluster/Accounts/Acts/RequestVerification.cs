using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Sends another mail to confirm the address. Anybody may ask.</summary>
public sealed record RequestVerification(ClientFacts Client) : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment)
    {
        if (state is null)
            return Decision.Refuse<Done>(state, Refusal.NoSuchAccount);
        if (state.EmailVerified)
            return Decision.Refuse<Done>(state, Refusal.NothingToVerify);
        return state.Request(MailKind.VerifyEmail, Client, moment) is { } requested
            ? Decision.Changed<Done>(requested, default(Done), moment, state.Entry(moment, ActivityEvents.VerificationRequested, Client))
            : Decision.Refuse<Done>(state, Refusal.TooManyAttempts);
    }
}
