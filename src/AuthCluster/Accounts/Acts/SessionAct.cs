namespace AuthCluster.Accounts.Acts;

/// <summary>
/// What the access token of the caller carried. It was checked before the act and is judged again in the act's turn, so that an act
/// never lands after a revocation that was acknowledged in the meantime.
/// </summary>
public readonly record struct SessionProof(Guid SessionId, Guid AccessSecret);

/// <summary>An act of the account's owner, from a session.</summary>
public abstract record SessionAct<TResult>(SessionProof Proof) : Act<TResult>
{
    public sealed override Decision<TResult> Decide(AccountState? state, Moment moment) =>
        state?.SessionOf(TokenKind.Access, Proof.SessionId, Proof.AccessSecret, moment) is { } session
            ? Decide(state, session, moment)
            : Decision.Refuse<TResult>(state, Refusal.TokenNotValid);

    protected abstract Decision<TResult> Decide(AccountState state, Session session, Moment moment);
}
