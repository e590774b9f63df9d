using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Settles a code; when it was right, the session is from now on one that has proved the second factor.</summary>
public sealed record StepUp(SessionProof Proof, SettledCode Code, ClientFacts Client) : SessionAct<Grant>(Proof)
{
    protected override Decision<Grant> Decide(AccountState state, Session session, Moment moment)
    {
        var use = state.Use(Code, moment);
        var entry = use.Told(state.Entry(moment, ActivityEvents.SteppedUp, Client, session));
        if (use.Fault is not null)
            return Decision.Changed<Grant>(use.State, Refusal.WrongCode, moment, entry);
        var raised = session.WithSecondFactor(moment);
        var changed = use.State.WithSession(raised);
        return Decision.Changed<Grant>(changed, Grant.Of(changed, raised, moment), moment, entry);
    }
}
