namespace AuthCluster.Accounts;

/// <summary>A login whose password was right, and that a second factor has yet to complete.</summary>
/// <param name="Id">Another for each login: a challenge is good for one success.</param>
/// <param name="Secret">The account's secret for challenges at that time.</param>
/// <param name="Device">The known device that it came from, by its device token.</param>
/// <param name="DeviceName">The name that the user gives the session.</param>
public sealed record Challenge(Guid AccountId, Guid Id, Guid Secret, DateTimeOffset Expires, Guid? Device, string? DeviceName)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public static Challenge Of(AccountState state, Guid? device, string? deviceName, Moment moment) =>
        new(state.Id, moment.NewSecret(), state.ChallengeSecret, moment.Now + Lifetime, device, deviceName);
}

/// <summary>The challenges of an account.</summary>
internal static class Challenges
{
    /// <summary>Spent challenges kept at a time; at one more every challenge of the account is void.</summary>
    private const int SpentLimit = 32;

    public static bool Accepts(this AccountState state, Challenge challenge, Moment moment) =>
        state.Active
        && state.Totp is not null
        && Secret.Matches(state.ChallengeSecret, challenge.Secret)
        && moment.Now < challenge.Expires
        && !state.SpentChallenges.Any(spent => spent.Id == challenge.Id);

    public static AccountState Spend(this AccountState state, Challenge challenge, Moment moment)
    {
        var living = state.SpentChallenges.RemoveAll(spent => spent.Expires <= moment.Now);
        return living.Length < SpentLimit
            ? state with { SpentChallenges = living.Add(new SpentChallenge(challenge.Id, challenge.Expires)) }
            : state with { SpentChallenges = [], ChallengeSecret = moment.NewSecret() };
    }
}
