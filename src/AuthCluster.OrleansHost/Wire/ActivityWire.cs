using AuthCluster.Accounts;

namespace AuthCluster.OrleansHost.Wire;

[GenerateSerializer]
internal struct ActivityEntrySurrogate
{
    [Id(0)]
    public long Number;

    [Id(1)]
    public DateTimeOffset Time;

    [Id(2)]
    public string Event;

    [Id(3)]
    public bool Succeeded;

    [Id(4)]
    public string? Reason;

    [Id(5)]
    public string? Address;

    [Id(6)]
    public string? Email;

    [Id(7)]
    public string? UserAgent;

    [Id(8)]
    public Guid? SessionId;

    [Id(9)]
    public string? DeviceName;

    [Id(10)]
    public Actor? Actor;
}

[GenerateSerializer]
internal struct ActorSurrogate
{
    [Id(0)]
    public Guid Id;

    [Id(1)]
    public string Email;

    [Id(2)]
    public Guid SessionId;

    [Id(3)]
    public string? Address;
}

[RegisterConverter]
internal sealed class ActorConverter : IConverter<Actor, ActorSurrogate>
{
    public Actor ConvertFromSurrogate(in ActorSurrogate surrogate) => new(surrogate.Id, surrogate.Email, surrogate.SessionId, surrogate.Address);

    public ActorSurrogate ConvertToSurrogate(in Actor value) =>
        new() { Id = value.Id, Email = value.Email, SessionId = value.SessionId, Address = value.Address };
}

[RegisterConverter]
internal sealed class ActivityEntryConverter : IConverter<ActivityEntry, ActivityEntrySurrogate>
{
    public ActivityEntry ConvertFromSurrogate(in ActivityEntrySurrogate surrogate) => new()
    {
        Number = surrogate.Number,
        Time = surrogate.Time,
        Event = surrogate.Event,
        Succeeded = surrogate.Succeeded,
        Reason = surrogate.Reason,
        Address = surrogate.Address,
        Email = surrogate.Email,
        UserAgent = surrogate.UserAgent,
        SessionId = surrogate.SessionId,
        DeviceName = surrogate.DeviceName,
        Actor = surrogate.Actor,
    };

    public ActivityEntrySurrogate ConvertToSurrogate(in ActivityEntry value) => new()
    {
        Number = value.Number,
        Time = value.Time,
        Event = value.Event,
        Succeeded = value.Succeeded,
        Reason = value.Reason,
        Address = value.Address,
        Email = value.Email,
        UserAgent = value.UserAgent,
        SessionId = value.SessionId,
        DeviceName = value.DeviceName,
        Actor = value.Actor,
    };
}

[GenerateSerializer]
internal struct LoggedActivitySurrogate
{
    [Id(0)]
    public long Sequence;

    [Id(1)]
    public Guid? AccountId;

    [Id(2)]
    public ActivityEntry Entry;
}

[RegisterConverter]
internal sealed class LoggedActivityConverter : IConverter<LoggedActivity, LoggedActivitySurrogate>
{
    public LoggedActivity ConvertFromSurrogate(in LoggedActivitySurrogate surrogate) =>
        new(surrogate.Sequence, surrogate.AccountId, surrogate.Entry);

    public LoggedActivitySurrogate ConvertToSurrogate(in LoggedActivity value) =>
        new() { Sequence = value.Sequence, AccountId = value.AccountId, Entry = value.Entry };
}

[GenerateSerializer]
internal struct ActivityQuerySurrogate
{
    [Id(0)]
    public Guid? AccountId;

    [Id(1)]
    public string? Email;

    [Id(2)]
    public string? Address;

    [Id(3)]
    public bool? Succeeded;

    [Id(4)]
    public DateTimeOffset? Since;

    [Id(5)]
    public long? BeforeSequence;

    [Id(6)]
    public long? BeforeNumber;

    [Id(7)]
    public int Limit;
}

[RegisterConverter]
internal sealed class ActivityQueryConverter : IConverter<ActivityQuery, ActivityQuerySurrogate>
{
    public ActivityQuery ConvertFromSurrogate(in ActivityQuerySurrogate surrogate) => new()
    {
        AccountId = surrogate.AccountId,
        Email = surrogate.Email,
        Address = surrogate.Address,
        Succeeded = surrogate.Succeeded,
        Since = surrogate.Since,
        BeforeSequence = surrogate.BeforeSequence,
        BeforeNumber = surrogate.BeforeNumber,
        Limit = surrogate.Limit,
    };

    public ActivityQuerySurrogate ConvertToSurrogate(in ActivityQuery value) => new()
    {
        AccountId = value.AccountId,
        Email = value.Email,
        Address = value.Address,
        Succeeded = value.Succeeded,
        Since = value.Since,
        BeforeSequence = value.BeforeSequence,
        BeforeNumber = value.BeforeNumber,
        Limit = value.Limit,
    };
}
