namespace AuthCluster.Accounts.Acts;

/// <summary>An act that others may do as well, done by the account's owner from a session.</summary>
public sealed record InSession<TResult>(SessionProof Proof, Act<TResult> Act) : SessionAct<TResult>(Proof)
{
    protected override Decision<TResult> Decide(AccountState state, Session session, Moment moment) => Act.Decide(state, moment);
}
