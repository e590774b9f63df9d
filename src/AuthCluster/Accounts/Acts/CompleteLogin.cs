using System.Collections.Immutable;
using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Settles the guess of a login; when it was right, opens a device session.</summary>
public sealed record CompleteLogin(SettledGuess Guess, ClientFacts Client) : Act<Grant>
{
    public static readonly ImmutableArray<string> PasswordOnly = ["pwd"];

    /// <summary>The name the user gives this device; otherwise it is named after its browser and system.</summary>
    public string? DeviceName { get; init; }

    /// <summary>The password hashed anew, where the stored hash is weaker than the setting asks for.</summary>
    public string? StrongerHash { get; init; }

    public override Decision<Grant> Decide(AccountState? state, Moment moment)
    {
        if (state is null)
            return Decision.Unchanged<Grant>(state, Refusal.InvalidCredentials);
        // A deactivated account counts its right password as a guess too: otherwise the missing back-off would tell that it was right.
        if (!state.IsRight(Guess) || !state.Active)
            return Wrong(state, moment);
        var settled = state.SettleRight(Guess) with { PasswordHash = StrongerHash ?? state.PasswordHash };
        if (moment.Rules.ConfirmEmail && !state.EmailVerified)
            return RefusedThoughRight(settled, Refusal.EmailNotVerified, ActivityReasons.EmailNotVerified, moment);
        return settled.Open(Client, DeviceName, Guess.Client, PasswordOnly, moment) is { } opened
            ? LoggedIn(opened with { LastLogin = moment.Now }, moment)
            : RefusedThoughRight(settled, Refusal.DeviceLimit, ActivityReasons.DeviceLimit, moment);
    }

    private Decision<Grant> Wrong(AccountState state, Moment moment)
    {
        var reason = state.Active ? ActivityReasons.WrongPassword : ActivityReasons.Deactivated;
        var entry = state.Entry(moment, ActivityEvents.Login, Client).Failed(reason);
        return Decision.Changed<Grant>(state.SettleWrong(Guess, moment.Now), Refusal.InvalidCredentials, moment, entry);
    }

    private Decision<Grant> RefusedThoughRight(AccountState state, Refusal refusal, string reason, Moment moment) =>
        Decision.Changed<Grant>(state, refusal, moment, state.Entry(moment, ActivityEvents.Login, Client).Failed(reason));

    private Decision<Grant> LoggedIn(AccountState state, Moment moment)
    {
        var device = state.Devices[^1];
        return Decision.Changed<Grant>(state, Grant.Of(state, device, moment), moment, state.Entry(moment, ActivityEvents.Login, Client, device));
    }
}
