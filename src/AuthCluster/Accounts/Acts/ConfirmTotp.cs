using System.Collections.Immutable;
using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Reserves an attempt to confirm the new secret with one of its codes.</summary>
public sealed record BeginTotpConfirmation(SessionProof Proof) : SessionAct<Attempt>(Proof)
{
    protected override Decision<Attempt> Decide(AccountState state, Session session, Moment moment) => state.UnconfirmedTotp is { } totp
        ? CodeAttempts.Reserve(state, totp, session.DeviceId, moment)
        : Decision.Refuse<Attempt>(state, Refusal.NothingToConfirm);
}

/// <summary>
/// Settles a code of the new secret; when it was right, the second factor is on. Every other session ends; the caller's goes on with a new
/// pair of tokens, as one that has proved the second factor. The code is not good again.
/// </summary>
/// <param name="EmergencyHashes">Of the emergency codes that the owner is shown with the answer.</param>
public sealed record ConfirmTotp(SessionProof Proof, SettledCode Code, ImmutableArray<string> EmergencyHashes, ClientFacts Client)
    : SessionAct<Grant>(Proof)
{
    protected override Decision<Grant> Decide(AccountState state, Session session, Moment moment)
    {
        var entry = state.Entry(moment, ActivityEvents.MfaEnabled, Client, session);
        if (state.UnconfirmedTotp is not { } totp || totp.Version != Code.TotpVersion || Code.Step is not { } step)
        {
            var wrong = state.Wrong(Code, moment);
            return Decision.Changed<Grant>(wrong.State, Refusal.WrongCode, moment, wrong.Told(entry));
        }

        var changed = state.SettleRight(Code).KeepOnly(session.WithSecondFactor(moment), Client, moment) with
        {
            Totp = totp with { LastStep = step },
            UnconfirmedTotp = null,
            EmergencyCodes = EmergencyHashes,
        };
        changed = changed.Notify(MailKind.SecondFactorOn, Client, moment);
        return Decision.Changed<Grant>(changed, Grant.Of(changed, changed.Sessions[0], moment), moment, entry);
    }
}
