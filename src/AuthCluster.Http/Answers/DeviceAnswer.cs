using System.Collections.Immutable;
using AuthCluster.Accounts;

namespace AuthCluster.Http.Answers;

internal sealed record DeviceAnswer(
    string Id, string Name, string? Ip, string? UserAgent, DateTimeOffset Created, DateTimeOffset LastSeen, bool Current)
{
    /// <param name="current">The session of the caller.</param>
    public static DeviceAnswer[] Of(ImmutableArray<Session> devices, Guid? current) => [.. devices.Select(device => Of(device, current))];

    private static DeviceAnswer Of(Session device, Guid? current) => new(
        device.Id.ToString(), device.Name, device.Address, device.UserAgent, device.Created, device.LastSeen, device.Id == current);
}
