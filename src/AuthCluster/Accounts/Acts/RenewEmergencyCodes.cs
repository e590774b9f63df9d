using System.Collections.Immutable;
using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Settles a code; when it was right, new emergency codes take the place of the old ones.</summary>
/// <param name="EmergencyHashes">Of the codes that the owner is shown with the answer.</param>
public sealed record RenewEmergencyCodes(SessionProof Proof, SettledCode Code, ImmutableArray<string> EmergencyHashes, ClientFacts Client)
    : SessionAct<Done>(Proof)
{
    protected override Decision<Done> Decide(AccountState state, Session session, Moment moment)
    {
        var use = state.Use(Code, moment);
        var entry = use.Told(state.Entry(moment, ActivityEvents.EmergencyCodesCreated, Client, session));
        return use.Fault is null
            ? Decision.Changed<Done>(use.State with { EmergencyCodes = EmergencyHashes }, default(Done), moment, entry)
            : Decision.Changed<Done>(use.State, Refusal.WrongCode, moment, entry);
    }
}
