using System.Collections.Immutable;
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

/// <summary>Settles the attempt of a login; when it was right, opens a session.</summary>
public sealed record CompleteLogin(SettledAttempt Attempt, ClientFacts Client) : Act<LoginResult>
{
    public static readonly ImmutableArray<string> PasswordOnly = ["pwd"];

    /// <summary>The name the user gives this session; otherwise it is named after its browser and system.</summary>
    public string? DeviceName { get; init; }

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
        if (moment.Rules.ConfirmEmail && !state.EmailVerified)
            return RefusedThoughRight(settled, Refusal.EmailNotVerified, ActivityReasons.EmailNotVerified, moment);
        return settled.Open(Client, DeviceName, Attempt.Device, PasswordOnly, moment) is { } opened
            ? LoggedIn(opened with { LastLogin = moment.Now }, moment)
            : RefusedThoughRight(settled, Refusal.SessionLimit, ActivityReasons.SessionLimit, moment);
    }

    private Decision<LoginResult> Wrong(AccountState state, Moment moment)
    {
        var reason = state.Active ? ActivityReasons.WrongPassword : ActivityReasons.Deactivated;
        var entry = state.Entry(moment, ActivityEvents.Login, Client).Failed(reason);
        return Decision.Changed<LoginResult>(state.SettleWrong(Attempt, moment.Now), Refusal.InvalidCredentials, moment, entry);
    }

    private Decision<LoginResult> RefusedThoughRight(AccountState state, Refusal refusal, string reason, Moment moment) =>
        Decision.Changed<LoginResult>(state, refusal, moment, state.Entry(moment, ActivityEvents.Login, Client).Failed(reason));

    private Decision<LoginResult> LoggedIn(AccountState state, Moment moment)
    {
        var session = state.Sessions[^1];
        var entry = state.Entry(moment, ActivityEvents.Login, Client, session);
        return Decision.Changed<LoginResult>(state, new Granted(Grant.Of(state, session, moment)), moment, entry);
    }
}
