using System.Collections.Immutable;
using AuthCluster.Clients;

namespace AuthCluster.Accounts;

/// <summary>How device sessions begin and how room is made for them.</summary>
internal static class DeviceSessions
{
    /// <summary>The account with one more session, the last in its list; <c>null</c> where the limit forbids it.</summary>
    public static AccountState? Open(
        this AccountState state, ClientFacts client, string? name, Guid? clientId, ImmutableArray<string> methods, Moment moment)
    {
        if (state.MakeRoom(moment) is not { } roomy)
            return null;
        var family = DeviceFamily.Of(client.UserAgent);
        var device = new Device
        {
            Id = moment.NewSecret(),
            Name = name ?? family,
            Family = family,
            ClientId = clientId ?? moment.NewSecret(),
            Created = moment.Now,
            LastSeen = moment.Now,
            Authenticated = moment.Now,
            Methods = methods,
            Rotation = RefreshRotation.First(moment, moment.Now + moment.Rules.SessionMaxAge),
        };
        return roomy with { Devices = roomy.Devices.Add(device.SeenFrom(client, moment.Now)) };
    }

    /// <summary>Ends every session but this one, whose earlier tokens die as well.</summary>
    public static AccountState KeepOnly(this AccountState state, Device device, ClientFacts client, Moment moment)
    {
        var renewed = device.SeenFrom(client, moment.Now) with
        {
            Rotation = RefreshRotation.First(moment, device.EndsAt(moment.Rules), device.Rotation.Number + 1),
        };
        return state.WithNewSecrets(moment) with { Devices = [renewed] };
    }

    /// <summary>Ends every session, and every token handed out so far.</summary>
    public static AccountState EndAllSessions(this AccountState state, Moment moment) => state.WithNewSecrets(moment) with { Devices = [] };

    /// <summary>Access tokens die, refresh tokens live on: clients fetch new claims.</summary>
    public static AccountState WithNewAccessSecret(this AccountState state, Moment moment) => state with { AccessSecret = moment.NewSecret() };

    public static AccountState WithNewRefreshSecret(this AccountState state, Moment moment) => state with { RefreshSecret = moment.NewSecret() };

    private static AccountState WithNewSecrets(this AccountState state, Moment moment) =>
        state.WithNewAccessSecret(moment).WithNewRefreshSecret(moment);

    private static AccountState? MakeRoom(this AccountState state, Moment moment)
    {
        var rules = moment.Rules;
        var living = state.Devices.RemoveAll(device => device.IsOver(moment.Now, rules));
        var surplus = living.Length + 1 - rules.DeviceLimit;
        if (surplus <= 0)
            return state with { Devices = living };
        return rules.AtDeviceLimit switch
        {
            AtDeviceLimit.EvictAll => state with { Devices = [] },
            AtDeviceLimit.EvictOldest => state with { Devices = living.RemoveRange(0, surplus) },
            AtDeviceLimit.EvictLeastRecentlyUsed =>
                state with { Devices = living.RemoveRange(living.OrderBy(device => device.LastSeen).Take(surplus)) },
            _ => null,
        };
    }
}
