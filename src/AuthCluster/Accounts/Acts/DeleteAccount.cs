using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>The owner deletes the account.</summary>
public sealed record DeleteAccount(SessionProof Proof, SettledAttempt Attempt, ClientFacts Client) : SessionAct<Done>(Proof)
{
    protected override Decision<Done> Decide(AccountState state, Session session, Moment moment)
    {
        var entry = state.Entry(moment, ActivityEvents.Deleted, Client, session);
        if (state.IsRight(Attempt))
            return Decision.Deleted<Done>(state, default(Done), entry);
        var wrong = state.SettleWrong(Attempt, moment.Now);
        return Decision.Changed<Done>(wrong, Refusal.WrongCurrentPassword, moment, entry.Failed(ActivityReasons.WrongPassword));
    }
}
