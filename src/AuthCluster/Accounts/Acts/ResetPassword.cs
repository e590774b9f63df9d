using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Whether the code of a reset is good, before a hash is computed for it. Gives the address, which the new password must not be.</summary>
public sealed record CheckResetCode(Guid CodeId) : Act<string>
{
    public override Decision<string> Decide(AccountState? state, Moment moment) =>
        state is { Active: true } && state.FindCode(CodeId, LinkPurpose.ResetPassword, moment) is not null
            ? Decision.Unchanged<string>(state, state.Email ?? "")
            : Decision.Refuse<string>(state, Refusal.CodeNotValid);
}

/// <summary>
/// A new password by the link of a mail. Every session is over, and earlier device tokens are void; the second factor stays. The link proves the
/// address, too.
/// </summary>
public sealed record ResetPassword(Guid CodeId, string NewHash, ClientFacts Client) : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment)
    {
        if (state is not { Active: true } || state.FindCode(CodeId, LinkPurpose.ResetPassword, moment) is null)
            return Decision.Refuse<Done>(state, Refusal.CodeNotValid);
        var changed = state.EndAllSessions(moment).VoidCodes().TakeUsername(moment).WithPassword(NewHash) with
        {
            EmailVerified = true,
            AwaitsConfirmation = false,
            // Guesses at the old password say nothing of the new one, and the owner is at the door.
            StrangerAttempts = AttemptBudget.Untouched,
        };
        return Decision.Changed<Done>(
            changed.Notify(MailKind.PasswordChanged, Client, moment), default(Done), moment, state.Entry(moment, ActivityEvents.PasswordReset, Client));
    }
}
