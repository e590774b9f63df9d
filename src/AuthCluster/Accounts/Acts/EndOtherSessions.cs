using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Ends every other session; the caller's goes on with a new pair of tokens.</summary>
public sealed record EndOtherSessions(SessionProof Proof, ClientFacts Client) : SessionAct<Grant>(Proof)
{
    protected override Decision<Grant> Decide(AccountState state, Session session, Moment moment)
    {
        var changed = state.KeepOnly(session, Client, moment);
        var entry = state.Entry(moment, ActivityEvents.LogoutOthers, Client, session);
        return Decision.Changed<Grant>(changed, Grant.Of(changed, changed.Sessions[0], moment), moment, entry);
    }
}
