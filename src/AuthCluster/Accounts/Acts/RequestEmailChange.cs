using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>
/// Settles the repeated password; when it was right, a link goes to the new address and a notice to the old one. The account keeps the old one until
/// the link was opened.
/// </summary>
public sealed record RequestEmailChange(SessionProof Proof, SettledAttempt Attempt, string NewEmail, ClientFacts Client) : SessionAct<Done>(Proof)
{
    protected override Decision<Done> Decide(AccountState state, Session session, Moment moment)
    {
        var entry = state.Entry(moment, ActivityEvents.EmailChangeRequested, Client, session);
        if (!state.IsRight(Attempt))
        {
            var wrong = state.SettleWrong(Attempt, moment.Now);
            return Decision.Changed<Done>(wrong, Refusal.WrongCurrentPassword, moment, entry.Failed(ActivityReasons.WrongPassword));
        }

        var settled = state.SettleRight(Attempt);
        return settled.RequestEmailChange(NewEmail, Client, moment) is { } requested
            ? Decision.Changed<Done>(requested, default(Done), moment, entry)
            : Decision.Changed<Done>(settled, Outcome<Done>.Wait(TimeSpan.FromMinutes(1)), moment, entry.Failed(ActivityReasons.TooManyMails));
    }
}
