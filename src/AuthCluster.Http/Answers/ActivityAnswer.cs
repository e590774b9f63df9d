using System.Globalization;
using AuthCluster.Accounts;

namespace AuthCluster.Http.Answers;

internal record ActivityAnswer(
    string Id,
    DateTimeOffset Time,
    string Event,
    string Outcome,
    string? Reason,
    string? Ip,
    string? Email,
    string? UserAgent,
    string? DeviceId,
    string? DeviceName)
{
    public static ActivityAnswer Of(ActivityEntry entry) => new(
        entry.Number.ToString(CultureInfo.InvariantCulture),
        entry.Time,
        entry.Event,
        entry.Succeeded ? "succeeded" : "failed",
        entry.Reason,
        entry.Address,
        entry.Email,
        entry.UserAgent,
        entry.DeviceId?.ToString(),
        entry.DeviceName);
}

/// <summary>An entry of the whole log, whose id is its place there.</summary>
internal sealed record LoggedActivityAnswer(ActivityAnswer Entry, string? UserId) : ActivityAnswer(Entry)
{
    public static LoggedActivityAnswer Of(LoggedActivity logged) => new(
        ActivityAnswer.Of(logged.Entry) with { Id = logged.Sequence.ToString(CultureInfo.InvariantCulture) }, logged.AccountId?.ToString());
}
