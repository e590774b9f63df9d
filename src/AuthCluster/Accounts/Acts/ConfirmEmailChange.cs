using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>The link at the new address was opened: the account has it from now on, unless another account was faster.</summary>
public sealed record ConfirmEmailChange(Guid CodeId, ClientFacts Client) : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment)
    {
        if (state?.FindCode(CodeId, LinkPurpose.ChangeEmail, moment) is not { Email: { } newEmail })
            return Decision.Refuse<Done>(state, Refusal.CodeNotValid);
        // Tokens that carry the address die; sessions live on.
        var changed = state.VoidCodes().TakeUsername(moment).WithNewAccessSecret(moment) with { Email = newEmail, EmailVerified = true, AwaitsConfirmation = false };
        return Decision.Changed<Done>(
            changed.NotifyOfEmailChange(state.Email, Client, moment), default(Done), moment, changed.Entry(moment, ActivityEvents.EmailChanged, Client));
    }
}

/// <summary>
/// The link at the old address was opened: the change does not happen, or is taken back. Then every session is over, for somebody else had one,
/// and a link for a new password is mailed, for somebody else has the old one.
/// </summary>
public sealed record UndoEmailChange(Guid CodeId, ClientFacts Client) : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment)
    {
        if (state?.FindCode(CodeId, LinkPurpose.UndoEmailChange, moment) is not { } code)
            return Decision.Refuse<Done>(state, Refusal.CodeNotValid);
        var undone = state.TakeBack(code, keepEmail: false, Client, moment);
        return Decision.Changed<Done>(undone, default(Done), moment, undone.Entry(moment, ActivityEvents.EmailChangeUndone, Client));
    }
}
