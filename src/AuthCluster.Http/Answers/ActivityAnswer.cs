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
    public static ActivityAnswer[] Of(IReadOnlyList<ActivityEntry> entries) => [.. entries.Select(Of)];

    public static ActivityAnswer Of(ActivityEntry entry) => new(
        entry.Number.ToString(CultureInfo.InvariantCulture),
        entry.Time,
        entry.Event,
        entry.Succeeded ? "succeeded" : "failed",
        entry.Reason,
        entry.Address,
        entry.Email,
        entry.UserAgent,
        entry.SessionId?.ToString(),
        entry.DeviceName);
}

/// <summary>An entry of the whole log, whose id is its place there.</summary>
internal sealed record LoggedActivityAnswer : ActivityAnswer
{
    private LoggedActivityAnswer(ActivityAnswer entry)
        : base(entry)
    {
    }

    /// <summary><c>null</c> where nobody holds the address.</summary>
    public string? UserId { get; private init; }

    public static LoggedActivityAnswer Of(LoggedActivity logged) => new(ActivityAnswer.Of(logged.Entry))
    {
        Id = logged.Sequence.ToString(CultureInfo.InvariantCulture),
        UserId = logged.AccountId?.ToString(),
    };
}
