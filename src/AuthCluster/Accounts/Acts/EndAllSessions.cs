using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Ends every session of the account.</summary>
public sealed record EndAllSessions(SessionProof Proof, ClientFacts Client) : SessionAct<Done>(Proof)
{
    protected override bool OnlyEndsSessions => true;

    protected override Decision<Done> Decide(AccountState state, Session session, Moment moment) => Decision.Changed<Done>(
        state.EndAllSessions(moment), default(Done), moment, state.Entry(moment, ActivityEvents.LogoutAll, Client, session));
}
