using System.Collections.Immutable;
using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>
/// Settles the repeated password and a code; when both were right, the second factor is off and the emergency codes are void. Access tokens,
/// which say that one was proved, die; sessions live on.
/// </summary>
public sealed record DeleteTotp(SessionProof Proof, SettledAttempt Attempt, SettledCode Code, ClientFacts Client) : SessionAct<Grant>(Proof)
{
    protected override Decision<Grant> Decide(AccountState state, Session session, Moment moment)
    {
        var entry = state.Entry(moment, ActivityEvents.MfaDisabled, Client, session);
        if (!state.IsRight(Attempt))
        {
            // Nor is the code used up, or told from a wrong one.
            var wrong = state.SettleWrong(Attempt, moment.Now).Release(Code);
            return Decision.Changed<Grant>(wrong, Refusal.WrongCurrentPassword, moment, entry.Failed(ActivityReasons.WrongPassword));
        }

        var use = state.SettleRight(Attempt).Use(Code, moment);
        if (use.Fault is not null)
            return Decision.Changed<Grant>(use.State, Refusal.WrongCode, moment, use.Told(entry));
        var changed = use.State.WithNewAccessSecret(moment).WithNewChallengeSecret(moment) with
        {
            Totp = null,
            UnconfirmedTotp = null,
            EmergencyCodes = [],
            Sessions = ImmutableArray.CreateRange(use.State.Sessions, WithoutSecondFactor),
        };
        changed = changed.Notify(MailKind.SecondFactorOff, Client, moment);
        return Decision.Changed<Grant>(changed, Grant.Of(changed, changed.FindSession(session.Id)!, moment), moment, use.Told(entry));
    }

    private static Session WithoutSecondFactor(Session session) =>
        session with { Methods = session.Methods.Remove(AuthenticationMethods.OneTimePassword) };
}
