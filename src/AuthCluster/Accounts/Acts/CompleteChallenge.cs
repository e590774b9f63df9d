using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>
/// Reserves an attempt to complete a login with a second factor, and hands out the secret to compare with. <see cref="CompleteChallenge"/> or
/// <see cref="ReleaseCode"/> settles it.
/// </summary>
public sealed record BeginChallenge(Challenge Challenge) : Act<Attempt>
{
    public override Decision<Attempt> Decide(AccountState? state, Moment moment) => state?.Accepts(Challenge, moment) is true
        ? CodeAttempts.Reserve(state, state.Totp!, Challenge.Device, moment)
        : Decision.Refuse<Attempt>(state, Refusal.TokenNotValid);
}

/// <summary>Settles the code of a login whose password was right before; when the code is right, too, opens the session.</summary>
public sealed record CompleteChallenge(Challenge Challenge, SettledCode Code, ClientFacts Client) : Act<LoginResult>
{
    public override Decision<LoginResult> Decide(AccountState? state, Moment moment)
    {
        if (state?.Accepts(Challenge, moment) is not true)
            return Decision.Refuse<LoginResult>(state, Refusal.TokenNotValid);
        var use = state.Use(Code, moment);
        if (use.Fault is { } fault)
            return Refused(use.State, Refusal.InvalidCredentials, fault, moment);
        return use.State.Open(Client, Challenge.DeviceName, Challenge.Device, AuthenticationMethods.PasswordAndCode, moment) is { } opened
            ? opened.Spend(Challenge, moment)
                .LoggedIn(Client, moment, isNewDevice: Challenge.Device is null, use.WasEmergency ? ActivityReasons.EmergencyCode : null)
            : Refused(state.Release(Code), Refusal.SessionLimit, ActivityReasons.SessionLimit, moment);
    }

    private Decision<LoginResult> Refused(AccountState state, Refusal refusal, string reason, Moment moment) =>
        Decision.Changed<LoginResult>(state, refusal, moment, state.Entry(moment, ActivityEvents.Login, Client).Failed(reason));
}
