using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>
/// Settles the repeated password; when it was right, keeps a new secret. Nothing asks for its codes before <see cref="ConfirmTotp"/>. An
/// earlier secret that was not confirmed is gone.
/// </summary>
/// <param name="SealedSecret">As <see cref="Totp.SealedSecret"/>.</param>
public sealed record CreateTotp(SessionProof Proof, SettledAttempt Attempt, string SealedSecret, ClientFacts Client) : SessionAct<Done>(Proof)
{
    protected override Decision<Done> Decide(AccountState state, Session session, Moment moment)
    {
        var entry = state.Entry(moment, ActivityEvents.TotpCreated, Client, session);
        if (!state.IsRight(Attempt))
        {
            var wrong = state.SettleWrong(Attempt, moment.Now);
            return Decision.Changed<Done>(wrong, Refusal.WrongCurrentPassword, moment, entry.Failed(ActivityReasons.WrongPassword));
        }

        var settled = state.SettleRight(Attempt);
        // Otherwise the password and one session were enough to put another secret in the place of the one that is on.
        if (state.Totp is not null)
            return Decision.Changed<Done>(settled, Refusal.SecondFactorOn);
        var version = state.TotpCount + 1;
        var created = settled with { TotpCount = version, UnconfirmedTotp = new Totp(version, SealedSecret) };
        return Decision.Changed<Done>(created, default(Done), moment, entry);
    }
}
