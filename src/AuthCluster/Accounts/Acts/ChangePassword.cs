using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>
/// Settles the repeated password; when it was right, the new one takes its place. Every other session ends; the caller's goes on
/// with a new pair of tokens and a new device token. Earlier device tokens are void.
/// </summary>
/// <param name="NewHash"><c>null</c> only where the attempt was wrong.</param>
public sealed record ChangePassword(SessionProof Proof, SettledAttempt Attempt, string? NewHash, ClientFacts Client) : SessionAct<Grant>(Proof)
{
    protected override Decision<Grant> Decide(AccountState state, Session session, Moment moment)
    {
        var entry = state.Entry(moment, ActivityEvents.PasswordChanged, Client, session);
        if (!state.IsRight(Attempt))
        {
            var wrong = state.SettleWrong(Attempt, moment.Now);
            return Decision.Changed<Grant>(wrong, Refusal.WrongCurrentPassword, moment, entry.Failed(ActivityReasons.WrongPassword));
        }

        var changed = state.SettleRight(Attempt).KeepOnly(session, Client, moment).VoidCodes().WithPassword(NewHash!)
            .Notify(MailKind.PasswordChanged, Client, moment);
        return Decision.Changed<Grant>(changed, Grant.Of(changed, changed.Sessions[0], moment), moment, entry);
    }
}
