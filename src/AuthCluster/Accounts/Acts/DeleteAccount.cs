using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>The owner deletes the account.</summary>
public sealed record DeleteAccount(SessionProof Proof, SettledGuess Guess, ClientFacts Client) : SessionAct<Done>(Proof)
{
    protected override Decision<Done> Decide(AccountState state, Device device, Moment moment)
    {
        var entry = state.Entry(moment, ActivityEvents.Deleted, Client, device);
        if (state.IsRight(Guess))
            return Decision.Deleted<Done>(state, default(Done), entry);
        var wrong = state.SettleWrong(Guess, moment.Now);
        return Decision.Changed<Done>(wrong, Refusal.WrongCurrentPassword, moment, entry.Failed(ActivityReasons.WrongPassword));
    }
}
