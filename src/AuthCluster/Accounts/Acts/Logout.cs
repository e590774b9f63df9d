using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Ends the caller's device session.</summary>
public sealed record Logout(SessionProof Proof, ClientFacts Client) : SessionAct<Done>(Proof)
{
    protected override Decision<Done> Decide(AccountState state, Device device, Moment moment) => Decision.Changed<Done>(
        state.WithoutDevice(device.Id), default(Done), moment, state.Entry(moment, ActivityEvents.Logout, Client, device));
}
