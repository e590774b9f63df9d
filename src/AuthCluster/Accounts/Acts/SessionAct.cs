namespace AuthCluster.Accounts.Acts;

/// <summary>
/// What the access token of the caller carried. It was checked before the act and is judged again in the act's turn, so that an act
/// never lands after a revocation that was acknowledged in the meantime.
/// </summary>
public readonly record struct SessionProof(Guid SessionId, Guid AccessSecret);

/// <summary>An act of the account's owner, from a session.</summary>
public abstract record SessionAct<TResult>(SessionProof Proof) : Act<TResult>
{
    /// <summary>Whether the act only ends sessions of the owner's own. It is never refused for how often it happens.</summary>
    protected virtual bool OnlyEndsSessions => false;

    public sealed override Decision<TResult> Decide(AccountState? state, Moment moment)
    {
        if (state?.SessionOf(TokenKind.Access, Proof.SessionId, Proof.AccessSecret, moment) is not { } session)
            return Decision.Refuse<TResult>(state, Refusal.TokenNotValid);
        var decision = Decide(state, session, moment);
        if (OnlyEndsSessions || decision.State is null || !decision.Effects.Entries().Any())
            return decision;
        return state.OwnActs.WaitAt(moment.Now) is { } wait
            ? Decision.Unchanged(state, Outcome<TResult>.Wait(wait))
            : decision with { State = decision.State with { OwnActs = state.OwnActs.Spend(moment.Now) } };
    }

    protected abstract Decision<TResult> Decide(AccountState state, Session session, Moment moment);
}
