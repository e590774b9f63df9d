using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>
/// Settles the repeated password; when it was right, the new one takes its place. Every other device session ends; the caller's goes on
/// with a new pair of tokens.
/// </summary>
/// <param name="NewHash"><c>null</c> only where the guess was wrong.</param>
public sealed record ChangePassword(SessionProof Proof, SettledGuess Guess, string? NewHash, ClientFacts Client) : SessionAct<Grant>(Proof)
{
    protected override Decision<Grant> Decide(AccountState state, Device device, Moment moment)
    {
        var entry = state.Entry(moment, ActivityEvents.PasswordChanged, Client, device);
        if (!state.IsRight(Guess))
        {
            var wrong = state.SettleWrong(Guess, moment.Now);
            return Decision.Changed<Grant>(wrong, Refusal.WrongCurrentPassword, moment, entry.Failed(ActivityReasons.WrongPassword));
        }

        var changed = state.SettleRight(Guess).KeepOnly(device, Client, moment) with
        {
            PasswordHash = NewHash!,
            CredentialVersion = state.CredentialVersion + 1,
        };
        return Decision.Changed<Grant>(changed, Grant.Of(changed, changed.Devices[0], moment), moment, entry);
    }
}
