using System.Collections.Immutable;
using AuthCluster.Clients;

namespace AuthCluster.Accounts;

/// <summary>How sessions begin and how room is made for them.</summary>
internal static class SessionChanges
{
    private static readonly TimeSpan RecentProof = TimeSpan.FromMinutes(10);

    /// <summary>The account with one more session, the last in its list; <c>null</c> where the limit forbids it.</summary>
    public static AccountState? Open(
        this AccountState state, ClientFacts client, string? name, Guid? deviceId, ImmutableArray<string> methods, Moment moment)
    {
        if (state.MakeRoom(moment) is not { } roomy)
            return null;
        var family = DeviceFamily.Of(client.UserAgent);
        var session = new Session
        {
            Id = moment.NewSecret(),
            Name = name ?? family,
            Family = family,
            DeviceId = deviceId ?? moment.NewSecret(),
            Created = moment.Now,
            LastSeen = moment.Now,
            Authenticated = moment.Now,
            Methods = methods,
            Rotation = RefreshRotation.First(moment, moment.Now + moment.Rules.SessionMaxAge),
        };
        return roomy with { Sessions = roomy.Sessions.Add(session.SeenFrom(client, moment.Now)) };
    }

    /// <summary>Ends every session but this one, whose earlier tokens die as well.</summary>
    public static AccountState KeepOnly(this AccountState state, Session session, ClientFacts client, Moment moment)
    {
        var renewed = session.SeenFrom(client, moment.Now) with
        {
            Rotation = RefreshRotation.First(moment, session.EndsAt(moment.Rules), session.Rotation.Number + 1),
        };
        return state.WithNewSecrets(moment) with { Sessions = [renewed] };
    }

    /// <summary>The session with a second factor, proved now.</summary>
    public static Session WithSecondFactor(this Session session, Moment moment) => session with
    {
        Authenticated = moment.Now,
        Methods = session.Methods.Contains(AuthenticationMethods.OneTimePassword)
            ? session.Methods
            : session.Methods.Add(AuthenticationMethods.OneTimePassword),
    };

    /// <summary>Whether the session has proved a second factor within the last ten minutes.</summary>
    public static bool ProvedSecondFactorLately(this Session session, Moment moment) =>
        AuthenticationMethods.HaveSecondFactor(session.Methods) && moment.Now - session.Authenticated < RecentProof;

    /// <summary>Ends every session, and every token handed out so far.</summary>
    public static AccountState EndAllSessions(this AccountState state, Moment moment) => state.WithNewSecrets(moment) with { Sessions = [] };

    /// <summary>Access tokens die, refresh tokens live on: clients fetch new claims.</summary>
    public static AccountState WithNewAccessSecret(this AccountState state, Moment moment) => state with { AccessSecret = moment.NewSecret() };

    /// <summary>No session goes on by a refresh token of before, nor by a token of the system that its owner comes from.</summary>
    public static AccountState WithNewRefreshSecret(this AccountState state, Moment moment) => state with
    {
        RefreshSecret = moment.NewSecret(),
        Legacy = LegacyTokens.EndedBy(moment.Now),
    };

    /// <summary>Logins that a second factor has yet to complete are void.</summary>
    public static AccountState WithNewChallengeSecret(this AccountState state, Moment moment) =>
        state with { ChallengeSecret = moment.NewSecret(), SpentChallenges = [] };

    /// <summary>The new password, and no device token of before.</summary>
    public static AccountState WithPassword(this AccountState state, string newHash) => state with
    {
        PasswordHash = newHash,
        HasNoPassword = false,
        CredentialVersion = state.CredentialVersion + 1,
        // Somebody who knew the old password may hold device tokens: each would be a budget to guess the new one, and a place taken from the owner.
        DeviceTokenGeneration = state.DeviceTokenGeneration + 1,
        KnownAttempts = [],
    };

    private static AccountState WithNewSecrets(this AccountState state, Moment moment) =>
        state.WithNewAccessSecret(moment).WithNewRefreshSecret(moment).WithNewChallengeSecret(moment);

    private static AccountState? MakeRoom(this AccountState state, Moment moment)
    {
        var rules = moment.Rules;
        var living = state.Sessions.RemoveAll(session => session.IsOver(moment.Now, rules));
        var surplus = living.Length + 1 - rules.SessionLimit;
        if (surplus <= 0)
            return state with { Sessions = living };
        return rules.AtSessionLimit switch
        {
            AtSessionLimit.EvictAll => state with { Sessions = [] },
            AtSessionLimit.EvictOldest => state with { Sessions = living.RemoveRange(0, surplus) },
            AtSessionLimit.EvictLeastRecentlyUsed =>
                state with { Sessions = living.RemoveRange(living.OrderBy(session => session.LastSeen).Take(surplus)) },
            _ => null,
        };
    }
}
