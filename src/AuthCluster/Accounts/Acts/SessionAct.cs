namespace AuthCluster.Accounts.Acts;

/// <summary>
/// What the access token of the caller carried. It was checked before the act and is judged again in the act's turn, so that an act
/// never lands after a revocation that was acknowledged in the meantime.
/// </summary>
public readonly record struct SessionProof(Guid SessionId, Guid AccessSecret);

/// <summary>An act of the account's owner, from a session.</summary>
public abstract record SessionAct<TResult>(SessionProof Proof) : Act<TResult>
{
    public sealed override Decision<TResult> Decide(AccountState? state, Moment moment)
    {
        if (state is not { Active: true } || !Secret.Matches(state.AccessSecret, Proof.AccessSecret))
            return Decision.Refuse<TResult>(state, Refusal.TokenNotValid);
        return state.FindSession(Proof.SessionId) is { } session && !session.IsOver(moment.Now, moment.Rules)
            ? Decide(state, session, moment)
            : Decision.Refuse<TResult>(state, Refusal.TokenNotValid);
    }

    protected abstract Decision<TResult> Decide(AccountState state, Session session, Moment moment);
}
