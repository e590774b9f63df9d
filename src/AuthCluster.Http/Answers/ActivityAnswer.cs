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

/// <summary>The administrator who did what an entry tells of.</summary>
internal sealed record ActorAnswer(string Id, string Email, string? Ip);

/// <summary>An entry as administrators see it.</summary>
internal record AdministratorActivityAnswer : ActivityAnswer
{
    protected AdministratorActivityAnswer(ActivityEntry entry)
        : base(ActivityAnswer.Of(entry)) => Actor = entry.Actor is { } actor ? new(actor.Id.ToString(), actor.Email, actor.Address) : null;

    /// <summary><c>null</c> where no administrator did it.</summary>
    public ActorAnswer? Actor { get; }

    public static new AdministratorActivityAnswer Of(ActivityEntry entry) => new(entry);
}

/// <summary>An entry of the whole log, whose id is its place there.</summary>
internal sealed record LoggedActivityAnswer : AdministratorActivityAnswer
{
    private LoggedActivityAnswer(ActivityEntry entry)
        : base(entry)
    {
    }

    /// <summary><c>null</c> where nobody holds the address.</summary>
    public string? UserId { get; private init; }

    public static LoggedActivityAnswer Of(LoggedActivity logged) => new(logged.Entry)
    {
        Id = logged.Sequence.ToString(CultureInfo.InvariantCulture),
        UserId = logged.AccountId?.ToString(),
    };
}
