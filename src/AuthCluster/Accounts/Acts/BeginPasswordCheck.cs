namespace AuthCluster.Accounts.Acts;

/// <summary>
/// Reserves a guess where authenticated users have to repeat their password. It draws on the budget of the device they use, so that
/// strangers' guesses do not keep them from changing it.
/// </summary>
public sealed record BeginPasswordCheck(SessionProof Proof) : SessionAct<Guess>(Proof)
{
    protected override Decision<Guess> Decide(AccountState state, Device device, Moment moment) =>
        Guesses.Reserve(state, device.ClientId, moment);
}
