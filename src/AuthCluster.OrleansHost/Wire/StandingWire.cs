using System.Collections.Immutable;
using AuthCluster.Accounts;

namespace AuthCluster.OrleansHost.Wire;

[GenerateSerializer]
internal struct StandingSurrogate
{
    [Id(0)]
    public Guid AccountId;

    [Id(1)]
    public string? Email;

    [Id(2)]
    public bool Active;

    [Id(3)]
    public Guid AccessSecret;

    [Id(4)]
    public Guid RefreshSecret;

    [Id(5)]
    public ImmutableArray<string> Roles;

    [Id(6)]
    public ImmutableArray<SessionStanding> Sessions;

    [Id(7)]
    public bool EmailVerified;

    [Id(8)]
    public bool MfaEnabled;

    [Id(9)]
    public string? Username;

    [Id(10)]
    public LegacyTokens? Legacy;
}

[RegisterConverter]
internal sealed class StandingConverter : IConverter<Standing, StandingSurrogate>
{
    public Standing ConvertFromSurrogate(in StandingSurrogate surrogate) => new()
    {
        AccountId = surrogate.AccountId,
        Email = surrogate.Email,
        Username = surrogate.Username,
        EmailVerified = surrogate.EmailVerified,
        Active = surrogate.Active,
        AccessSecret = surrogate.AccessSecret,
        RefreshSecret = surrogate.RefreshSecret,
        Roles = surrogate.Roles,
        MfaEnabled = surrogate.MfaEnabled,
        Sessions = surrogate.Sessions,
        // A node of an earlier version sends none, and honours none.
        Legacy = surrogate.Legacy ?? LegacyTokens.None,
    };

    public StandingSurrogate ConvertToSurrogate(in Standing value) => new()
    {
        AccountId = value.AccountId,
        Email = value.Email,
        Username = value.Username,
        EmailVerified = value.EmailVerified,
        Active = value.Active,
        AccessSecret = value.AccessSecret,
        RefreshSecret = value.RefreshSecret,
        Roles = value.Roles,
        MfaEnabled = value.MfaEnabled,
        Sessions = value.Sessions,
        Legacy = value.Legacy,
    };
}

[GenerateSerializer]
internal struct SessionStandingSurrogate
{
    [Id(0)]
    public Guid Id;

    [Id(1)]
    public string Family;

    [Id(2)]
    public string? Address;

    [Id(3)]
    public string? UserAgent;

    [Id(4)]
    public int Rotation;

    [Id(5)]
    public bool NewestSeen;

    [Id(6)]
    public DateTimeOffset LastSeen;

    [Id(7)]
    public DateTimeOffset Authenticated;

    [Id(8)]
    public ImmutableArray<string> Methods;
}

[RegisterConverter]
internal sealed class SessionStandingConverter : IConverter<SessionStanding, SessionStandingSurrogate>
{
    public SessionStanding ConvertFromSurrogate(in SessionStandingSurrogate surrogate) => new()
    {
        Id = surrogate.Id,
        Family = surrogate.Family,
        Address = surrogate.Address,
        UserAgent = surrogate.UserAgent,
        Rotation = surrogate.Rotation,
        NewestSeen = surrogate.NewestSeen,
        LastSeen = surrogate.LastSeen,
        Authenticated = surrogate.Authenticated,
        // A node of an earlier version sends none.
        Methods = surrogate.Methods.IsDefault ? [] : surrogate.Methods,
    };

    public SessionStandingSurrogate ConvertToSurrogate(in SessionStanding value) => new()
    {
        Id = value.Id,
        Family = value.Family,
        Address = value.Address,
        UserAgent = value.UserAgent,
        Rotation = value.Rotation,
        NewestSeen = value.NewestSeen,
        LastSeen = value.LastSeen,
        Authenticated = value.Authenticated,
        Methods = value.Methods,
    };
}
