using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Sends a mail to choose a new password. Anybody may ask: earlier links stay good.</summary>
public sealed record RequestPasswordReset(ClientFacts Client) : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment)
    {
        if (state is not { Active: true })
            return Decision.Refuse<Done>(state, Refusal.NoSuchAccount);
        return state.Request(MailKind.ResetPassword, Client, moment) is { } requested
            ? Decision.Changed<Done>(requested, default(Done), moment, state.Entry(moment, ActivityEvents.PasswordResetRequested, Client))
            : Decision.Refuse<Done>(state, Refusal.TooManyAttempts);
    }
}
