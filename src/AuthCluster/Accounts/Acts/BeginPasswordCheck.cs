namespace AuthCluster.Accounts.Acts;

/// <summary>
/// Reserves an attempt where an authenticated user has to repeat his password. It draws on the budget of his own device, so that
/// strangers' guesses do not keep him from changing his password.
/// </summary>
public sealed record BeginPasswordCheck(SessionProof Proof) : SessionAct<Guess>(Proof)
{
    protected override Decision<Guess> Decide(AccountState state, Device device, Moment moment) =>
        Guesses.Reserve(state, device.ClientId, moment);
}
