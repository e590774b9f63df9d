namespace AuthCluster.Accounts.Acts;

/// <summary>
/// Reserves an attempt where authenticated users have to repeat their password. It draws on the budget of the session they use, so that
/// strangers' attempts do not keep them from changing it.
/// </summary>
public sealed record BeginPasswordCheck(SessionProof Proof) : SessionAct<Attempt>(Proof)
{
    protected override Decision<Attempt> Decide(AccountState state, Session session, Moment moment) =>
        Attempts.Reserve(state, session.DeviceId, moment);
}
