using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Ends every device session of the account.</summary>
public sealed record LogoutAll(SessionProof Proof, ClientFacts Client) : SessionAct<Done>(Proof)
{
    protected override Decision<Done> Decide(AccountState state, Device device, Moment moment) => Decision.Changed<Done>(
        state.EndAllSessions(moment), default(Done), moment, state.Entry(moment, ActivityEvents.LogoutAll, Client, device));
}
