namespace AuthCluster.Accounts.Acts;

/// <summary>An act that others may do as well, done by the account's owner from a device session.</summary>
public sealed record InSession<TResult>(SessionProof Proof, Act<TResult> Act) : SessionAct<TResult>(Proof)
{
    protected override Decision<TResult> Decide(AccountState state, Device device, Moment moment) => Act.Decide(state, moment);
}
