using System.Collections.Immutable;
using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Settles the attempt of a login; when it was right, opens a session.</summary>
public sealed record CompleteLogin(SettledAttempt Attempt, ClientFacts Client) : Act<Grant>
{
    public static readonly ImmutableArray<string> PasswordOnly = ["pwd"];

    /// <summary>The name the user gives this session; otherwise it is named after its browser and system.</summary>
    public string? DeviceName { get; init; }

    /// <summary>The password hashed anew, where the stored hash is weaker than the setting asks for.</summary>
    public string? StrongerHash { get; init; }

    public override Decision<Grant> Decide(AccountState? state, Moment moment)
    {
        if (state is null)
            return Decision.Refuse<Grant>(state, Refusal.InvalidCredentials);
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

    private Decision<Grant> Wrong(AccountState state, Moment moment)
    {
        var reason = state.Active ? ActivityReasons.WrongPassword : ActivityReasons.Deactivated;
        var entry = state.Entry(moment, ActivityEvents.Login, Client).Failed(reason);
        return Decision.Changed<Grant>(state.SettleWrong(Attempt, moment.Now), Refusal.InvalidCredentials, moment, entry);
    }

    private Decision<Grant> RefusedThoughRight(AccountState state, Refusal refusal, string reason, Moment moment) =>
        Decision.Changed<Grant>(state, refusal, moment, state.Entry(moment, ActivityEvents.Login, Client).Failed(reason));

    private Decision<Grant> LoggedIn(AccountState state, Moment moment)
    {
        var session = state.Sessions[^1];
        return Decision.Changed<Grant>(state, Grant.Of(state, session, moment), moment, state.Entry(moment, ActivityEvents.Login, Client, session));
    }
}
