using System.Text.Json.Nodes;
using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Sets the named members of the profile and removes those that are <c>null</c>. Access tokens, which may carry some, die.</summary>
public sealed record ChangeProfile(SessionProof Proof, JsonObject Changes, ClientFacts Client) : SessionAct<AccountView>(Proof)
{
    protected override Decision<AccountView> Decide(AccountState state, Session session, Moment moment)
    {
        if (state.Profile.With(Changes) is not { } profile)
            return Decision.Refuse<AccountView>(state, Refusal.ProfileNotAllowed);
        var changed = state.WithNewAccessSecret(moment) with { Profile = profile };
        var entry = state.Entry(moment, ActivityEvents.ProfileChanged, Client, session);
        return Decision.Changed<AccountView>(changed, AccountView.Of(changed), moment, entry);
    }
}
