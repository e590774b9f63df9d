namespace AuthCluster.Accounts.Acts;

/// <summary>
/// Reserves an attempt where an authenticated user sends a second-factor code, and hands out the secret to compare with. It draws on the
/// budget of the session in use, so that strangers' attempts do not keep the owner out.
/// </summary>
public sealed record BeginCodeCheck(SessionProof Proof) : SessionAct<Attempt>(Proof)
{
    protected override Decision<Attempt> Decide(AccountState state, Session session, Moment moment) => state.Totp is { } totp
        ? CodeAttempts.Reserve(state, totp, session.DeviceId, moment)
        : Decision.Refuse<Attempt>(state, Refusal.NoSecondFactor);
}
