using System.Collections.Immutable;
using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Reads the passkeys, oldest first.</summary>
public sealed record ViewPasskeys : Act<ImmutableArray<Passkey>>
{
    public override Decision<ImmutableArray<Passkey>> Decide(AccountState? state, Moment moment) => state is null
        ? Decision.Refuse<ImmutableArray<Passkey>>(state, Refusal.NoSuchAccount)
        : Decision.Unchanged<ImmutableArray<Passkey>>(state, state.Passkeys);
}

/// <summary>Calls a passkey something else.</summary>
public sealed record RenamePasskey(SessionProof Proof, Guid PasskeyId, string Name, ClientFacts Client) : SessionAct<Passkey>(Proof)
{
    protected override Decision<Passkey> Decide(AccountState state, Session session, Moment moment)
    {
        if (state.FindPasskey(PasskeyId) is not { } passkey)
            return Decision.Refuse<Passkey>(state, Refusal.NoSuchPasskey);
        var renamed = passkey with { Name = Name };
        var changed = state with { Passkeys = state.Passkeys.Replace(passkey, renamed) };
        return Decision.Changed<Passkey>(changed, renamed, moment, state.Entry(moment, ActivityEvents.PasskeyRenamed, Client, session));
    }
}

/// <summary>Forgets a passkey, unless it is the last way to sign in. Sessions that it opened live on.</summary>
public sealed record RemovePasskey(SessionProof Proof, Guid PasskeyId, ClientFacts Client) : SessionAct<Done>(Proof)
{
    protected override Decision<Done> Decide(AccountState state, Session session, Moment moment)
    {
        if (state.FindPasskey(PasskeyId) is not { } passkey)
            return Decision.Refuse<Done>(state, Refusal.NoSuchPasskey);
        if (state.HasNoPassword && state.Passkeys.Length == 1)
            return Decision.Refuse<Done>(state, Refusal.LastWayToSignIn);
        var removed = (state with { Passkeys = state.Passkeys.Remove(passkey) }).Notify(MailKind.PasskeyRemoved, Client, moment);
        return Decision.Changed<Done>(removed, default(Done), moment, state.Entry(moment, ActivityEvents.PasskeyRemoved, Client, session));
    }
}
