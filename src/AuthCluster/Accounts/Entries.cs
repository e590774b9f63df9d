using AuthCluster.Clients;

namespace AuthCluster.Accounts;

/// <summary>Activity entries, filled in from what is at hand.</summary>
internal static class Entries
{
    public static ActivityEntry Entry(this AccountState state, Moment moment, string name, ClientFacts client, Session? session = null) => new()
    {
        Time = moment.Now,
        Event = name,
        Succeeded = true,
        Email = state.DisplayName,
        Address = client.AddressText,
        UserAgent = client.BoundedUserAgent,
        SessionId = session?.Id,
        DeviceName = session?.Name,
    };

    public static ActivityEntry Failed(this ActivityEntry entry, string? reason) => entry with { Succeeded = false, Reason = reason };

    /// <summary>An administrator's act. The account's owner does not see where it came from.</summary>
    public static ActivityEntry ByAdministrator(this AccountState state, Moment moment, string name, Session? session = null) =>
        state.Entry(moment, name, default, session) with { Reason = ActivityReasons.Administrator, Actor = moment.Actor };
}
