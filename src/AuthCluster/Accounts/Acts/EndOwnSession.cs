using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Ends the caller's session.</summary>
public sealed record EndOwnSession(SessionProof Proof, ClientFacts Client) : SessionAct<Done>(Proof)
{
    protected override bool OnlyEndsSessions => true;

    protected override Decision<Done> Decide(AccountState state, Session session, Moment moment) => Decision.Changed<Done>(
        state.WithoutSession(session.Id), default(Done), moment, state.Entry(moment, ActivityEvents.Logout, Client, session));
}
