using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Ends one of the caller's device sessions.</summary>
public sealed record EndDevice(SessionProof Proof, Guid DeviceId, ClientFacts Client) : SessionAct<Done>(Proof)
{
    protected override Decision<Done> Decide(AccountState state, Device device, Moment moment) =>
        state.FindDevice(DeviceId) is { } ended
            ? Decision.Changed<Done>(
                state.WithoutDevice(ended.Id), default(Done), moment, state.Entry(moment, ActivityEvents.DeviceRevoked, Client, ended))
            : Decision.Unchanged<Done>(state, Refusal.NoSuchDevice);
}
