using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Reserves an attempt and hands out the hash to compare. <see cref="CompleteLogin"/> or <see cref="ReleaseAttempt"/> settles it.</summary>
/// <param name="DeviceToken">The valid device token that came with the login: it only decides whose budget pays.</param>
public sealed record BeginLogin(DeviceTokenFacts? DeviceToken) : Act<Attempt>
{
    public override Decision<Attempt> Decide(AccountState? state, Moment moment)
    {
        if (state is null)
            return Decision.Refuse<Attempt>(state, Refusal.NoSuchAccount);
        var client = DeviceToken is { } token && token.Generation == state.DeviceTokenGeneration ? token.DeviceId : (Guid?)null;
        return Attempts.Reserve(state, client, moment);
    }
}

/// <summary>Settles the attempt of a login; when it was right, opens a session, or challenges the client where a second factor is on.</summary>
public sealed record CompleteLogin(SettledAttempt Attempt, ClientFacts Client) : Act<LoginResult>
{
    /// <summary>The name the user gives this session; otherwise it is named after its browser and system.</summary>
    public string? DeviceName { get; init; }

    /// <summary>Whether the login brought a second-factor code: what comes of that is told in its stead.</summary>
    public bool CodeFollows { get; init; }

    /// <summary>The password hashed anew, where the stored hash is weaker than the setting asks for.</summary>
    public string? StrongerHash { get; init; }

    public override Decision<LoginResult> Decide(AccountState? state, Moment moment)
    {
        if (state is null)
            return Decision.Refuse<LoginResult>(state, Refusal.InvalidCredentials);
        // A deactivated account counts its right password as an attempt too: otherwise the missing back-off would tell that it was right.
        if (!state.IsRight(Attempt) || !state.Active)
            return Wrong(state, moment);
        var settled = state.SettleRight(Attempt) with { PasswordHash = StrongerHash ?? state.PasswordHash };
        if (moment.Rules.ConfirmEmail && state is { EmailVerified: false, Email: not null })
            return RefusedThoughRight(settled, Refusal.EmailNotVerified, ActivityReasons.EmailNotVerified, moment);
        if (settled.Totp is not null)
            return Challenged(settled, moment);
        return settled.Open(Client, DeviceName, Attempt.Device, AuthenticationMethods.PasswordOnly, moment) is { } opened
            ? opened.LoggedIn(Client, moment, isNewDevice: Attempt.Device is null)
            : RefusedThoughRight(settled, Refusal.SessionLimit, ActivityReasons.SessionLimit, moment);
    }

    private Decision<LoginResult> Challenged(AccountState state, Moment moment)
    {
        var owed = new SecondFactorOwed(Challenge.Of(state, Attempt.Device, DeviceName, moment)) { HasPasskeys = !state.Passkeys.IsEmpty };
        // What comes of the code is stored, and this with it: a right password with a wrong code takes no longer than a wrong password.
        if (CodeFollows)
            return Decision.Passing<LoginResult>(state, owed);
        // Otherwise nothing would tell the owner that somebody has the password and stops here.
        var entry = state.Entry(moment, ActivityEvents.Login, Client).Failed(ActivityReasons.SecondFactorOwed);
        return Decision.Changed<LoginResult>(state, owed, moment, entry);
    }

    private Decision<LoginResult> Wrong(AccountState state, Moment moment)
    {
        var reason = state.Active ? ActivityReasons.WrongPassword : ActivityReasons.Deactivated;
        var entry = state.Entry(moment, ActivityEvents.Login, Client).Failed(reason);
        return Decision.Changed<LoginResult>(state.SettleWrong(Attempt, moment.Now), Refusal.InvalidCredentials, moment, entry);
    }

    private Decision<LoginResult> RefusedThoughRight(AccountState state, Refusal refusal, string reason, Moment moment) =>
        Decision.Changed<LoginResult>(state, refusal, moment, state.Entry(moment, ActivityEvents.Login, Client).Failed(reason));
}

/// <summary>What follows when a login opened a session, the last one in the account's list.</summary>
internal static class OpenedSession
{
    /// <param name="isNewDevice">Whether the login came without a device token of an earlier one.</param>
    /// <param name="reason">What the entry says besides; <c>null</c> where nothing needs saying.</param>
    public static Decision<LoginResult> LoggedIn(
        this AccountState opened, ClientFacts client, Moment moment, bool isNewDevice, string? reason = null)
    {
        // The first login of all is no news to its owner.
        var told = isNewDevice && opened.LastLogin is not null ? opened.NotifyOfNewDevice(client, moment) : opened;
        // An account that is in use is never replaced, whatever the settings were when it was opened.
        var state = told.TakeUsername(moment) with { LastLogin = moment.Now, AwaitsConfirmation = false };
        var session = state.Sessions[^1];
        var entry = state.Entry(moment, ActivityEvents.Login, client, session) with { Reason = reason };
        return Decision.Changed<LoginResult>(state, new Granted(Grant.Of(state, session, moment)), moment, entry);
    }
}
