using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Ends one of the caller's sessions.</summary>
public sealed record EndSession(SessionProof Proof, Guid SessionId, ClientFacts Client) : SessionAct<Done>(Proof)
{
    protected override bool OnlyEndsSessions => true;

    protected override Decision<Done> Decide(AccountState state, Session session, Moment moment) =>
        state.FindSession(SessionId) is { } ended
            ? Decision.Changed<Done>(
                state.WithoutSession(ended.Id), default(Done), moment, state.Entry(moment, ActivityEvents.DeviceRevoked, Client, ended))
            : Decision.Refuse<Done>(state, Refusal.NoSuchSession);
}
