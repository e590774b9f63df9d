using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Ends every other device session; the caller's goes on with a new pair of tokens.</summary>
public sealed record LogoutOthers(SessionProof Proof, ClientFacts Client) : SessionAct<Grant>(Proof)
{
    protected override Decision<Grant> Decide(AccountState state, Device device, Moment moment)
    {
        var changed = state.KeepOnly(device, Client, moment);
        var entry = state.Entry(moment, ActivityEvents.LogoutOthers, Client, device);
        return Decision.Changed<Grant>(changed, Grant.Of(changed, changed.Devices[0], moment), moment, entry);
    }
}
