using System.Collections.Immutable;
using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>
/// Whether the caller may enrol a passkey, by the repeated password or a second factor that was proved lately. Gives the passkeys that there are: their
/// authenticators need no other one.
/// </summary>
/// <param name="Attempt"><c>null</c> where no password was sent.</param>
public sealed record BeginPasskey(SessionProof Proof, SettledAttempt? Attempt, ClientFacts Client) : SessionAct<ImmutableArray<Passkey>>(Proof)
{
    protected override Decision<ImmutableArray<Passkey>> Decide(AccountState state, Session session, Moment moment)
    {
        if (Attempt is not { } attempt)
        {
            if (!session.ProvedSecondFactorLately(moment))
                return Decision.Refuse<ImmutableArray<Passkey>>(state, Refusal.CurrentPasswordOwed);
            return Decision.Unchanged(state, Passkeys(state));
        }

        if (state.IsRight(attempt))
        {
            var settled = state.SettleRight(attempt);
            return Decision.Changed(settled, Passkeys(settled));
        }

        var entry = state.Entry(moment, ActivityEvents.PasskeyAdded, Client, session).Failed(ActivityReasons.WrongPassword);
        return Decision.Changed<ImmutableArray<Passkey>>(state.SettleWrong(attempt, moment.Now), Refusal.WrongCurrentPassword, moment, entry);
    }

    private static Outcome<ImmutableArray<Passkey>> Passkeys(AccountState state) =>
        state.Passkeys.Length < Accounts.Passkeys.Limit ? state.Passkeys : Refusal.PasskeyLimit;
}

/// <summary>Keeps a new passkey, whose authenticator has signed a challenge for this session.</summary>
/// <param name="PublicKey">As <see cref="Passkey.PublicKey"/>.</param>
public sealed record AddPasskey(SessionProof Proof, PasskeyChallenge Challenge, string CredentialId, string PublicKey, ClientFacts Client)
    : SessionAct<Passkey>(Proof)
{
    /// <summary><c>null</c> where the owner gave none: it is named after the browser and system in use.</summary>
    public string? Name { get; init; }

    public long SignCount { get; init; }

    public bool Synced { get; init; }

    protected override Decision<Passkey> Decide(AccountState state, Session session, Moment moment)
    {
        if (!state.Accepts(Challenge, moment))
            return Decision.Refuse<Passkey>(state, Refusal.PasskeyNotValid);
        if (state.PasskeyWait(moment) is { } wait)
            return Decision.Unchanged(state, Outcome<Passkey>.Wait(wait));
        if (state.Passkeys.Length >= Passkeys.Limit)
            return Decision.Refuse<Passkey>(state, Refusal.PasskeyLimit);
        if (state.Passkeys.Any(known => known.CredentialId == CredentialId))
            return Decision.Refuse<Passkey>(state, Refusal.PasskeyKnown);
        var passkey = new Passkey(moment.NewSecret(), CredentialId, PublicKey)
        {
            Name = Name ?? DeviceFamily.Of(Client.UserAgent),
            SignCount = SignCount,
            Synced = Synced,
            Created = moment.Now,
        };
        var added = state.Spend(Challenge, moment) with { Passkeys = state.Passkeys.Add(passkey) };
        var entry = state.Entry(moment, ActivityEvents.PasskeyAdded, Client, session);
        return Decision.Changed<Passkey>(added.Notify(MailKind.PasskeyAdded, Client, moment), passkey, moment, entry);
    }
}
