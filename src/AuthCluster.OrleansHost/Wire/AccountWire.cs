using System.Collections.Immutable;
using AuthCluster.Accounts;

namespace AuthCluster.OrleansHost.Wire;

[GenerateSerializer]
internal struct AccountViewSurrogate
{
    [Id(0)]
    public Guid Id;

    [Id(1)]
    public string Email;

    [Id(2)]
    public bool EmailVerified;

    [Id(3)]
    public bool Active;

    [Id(4)]
    public ImmutableArray<string> Roles;

    [Id(5)]
    public Profile Profile;

    [Id(6)]
    public DateTimeOffset Joined;

    [Id(7)]
    public DateTimeOffset? LastLogin;

    [Id(8)]
    public bool MfaEnabled;
}

[RegisterConverter]
internal sealed class AccountViewConverter : IConverter<AccountView, AccountViewSurrogate>
{
    public AccountView ConvertFromSurrogate(in AccountViewSurrogate surrogate) => new()
    {
        Id = surrogate.Id,
        Email = surrogate.Email,
        EmailVerified = surrogate.EmailVerified,
        Active = surrogate.Active,
        Roles = surrogate.Roles,
        Profile = surrogate.Profile,
        Joined = surrogate.Joined,
        LastLogin = surrogate.LastLogin,
        MfaEnabled = surrogate.MfaEnabled,
    };

    public AccountViewSurrogate ConvertToSurrogate(in AccountView value) => new()
    {
        Id = value.Id,
        Email = value.Email,
        EmailVerified = value.EmailVerified,
        Active = value.Active,
        Roles = value.Roles,
        Profile = value.Profile,
        Joined = value.Joined,
        LastLogin = value.LastLogin,
        MfaEnabled = value.MfaEnabled,
    };
}

[GenerateSerializer]
internal struct ProfileSurrogate
{
    [Id(0)]
    public string Json;
}

[RegisterConverter]
internal sealed class ProfileConverter : IConverter<Profile, ProfileSurrogate>
{
    public Profile ConvertFromSurrogate(in ProfileSurrogate surrogate) => Profile.Restore(surrogate.Json);

    public ProfileSurrogate ConvertToSurrogate(in Profile value) => new() { Json = value.Json };
}

[GenerateSerializer]
internal struct GrantSurrogate
{
    [Id(0)]
    public DateTimeOffset At;

    [Id(1)]
    public AccountView Account;

    [Id(2)]
    public Session Session;

    [Id(3)]
    public DateTimeOffset SessionEnd;

    [Id(4)]
    public Guid AccessSecret;

    [Id(5)]
    public Guid RefreshSecret;

    [Id(6)]
    public int DeviceTokenGeneration;
}

[RegisterConverter]
internal sealed class GrantConverter : IConverter<Grant, GrantSurrogate>
{
    public Grant ConvertFromSurrogate(in GrantSurrogate surrogate) => new()
    {
        At = surrogate.At,
        Account = surrogate.Account,
        Session = surrogate.Session,
        SessionEnd = surrogate.SessionEnd,
        AccessSecret = surrogate.AccessSecret,
        RefreshSecret = surrogate.RefreshSecret,
        DeviceTokenGeneration = surrogate.DeviceTokenGeneration,
    };

    public GrantSurrogate ConvertToSurrogate(in Grant value) => new()
    {
        At = value.At,
        Account = value.Account,
        Session = value.Session,
        SessionEnd = value.SessionEnd,
        AccessSecret = value.AccessSecret,
        RefreshSecret = value.RefreshSecret,
        DeviceTokenGeneration = value.DeviceTokenGeneration,
    };
}

[GenerateSerializer]
internal struct DeviceSurrogate
{
    [Id(0)]
    public Guid Id;

    [Id(1)]
    public string Name;

    [Id(2)]
    public string Family;

    [Id(3)]
    public Guid DeviceId;

    [Id(4)]
    public string? Address;

    [Id(5)]
    public string? UserAgent;

    [Id(6)]
    public DateTimeOffset Created;

    [Id(7)]
    public DateTimeOffset LastSeen;

    [Id(8)]
    public DateTimeOffset Authenticated;

    [Id(9)]
    public ImmutableArray<string> Methods;

    [Id(10)]
    public RefreshRotation Rotation;
}

[RegisterConverter]
internal sealed class DeviceConverter : IConverter<Session, DeviceSurrogate>
{
    public Session ConvertFromSurrogate(in DeviceSurrogate surrogate) => new()
    {
        Id = surrogate.Id,
        Name = surrogate.Name,
        Family = surrogate.Family,
        DeviceId = surrogate.DeviceId,
        Address = surrogate.Address,
        UserAgent = surrogate.UserAgent,
        Created = surrogate.Created,
        LastSeen = surrogate.LastSeen,
        Authenticated = surrogate.Authenticated,
        Methods = surrogate.Methods,
        Rotation = surrogate.Rotation,
    };

    public DeviceSurrogate ConvertToSurrogate(in Session value) => new()
    {
        Id = value.Id,
        Name = value.Name,
        Family = value.Family,
        DeviceId = value.DeviceId,
        Address = value.Address,
        UserAgent = value.UserAgent,
        Created = value.Created,
        LastSeen = value.LastSeen,
        Authenticated = value.Authenticated,
        Methods = value.Methods,
        Rotation = value.Rotation,
    };
}

[GenerateSerializer]
internal struct RefreshRotationSurrogate
{
    [Id(0)]
    public int Number;

    [Id(1)]
    public Guid TokenId;

    [Id(2)]
    public DateTimeOffset Issued;

    [Id(3)]
    public DateTimeOffset Expires;

    [Id(4)]
    public bool Seen;

    [Id(5)]
    public ImmutableArray<RotatedToken> Rotated;
}

[RegisterConverter]
internal sealed class RefreshRotationConverter : IConverter<RefreshRotation, RefreshRotationSurrogate>
{
    public RefreshRotation ConvertFromSurrogate(in RefreshRotationSurrogate surrogate) => new()
    {
        Number = surrogate.Number,
        TokenId = surrogate.TokenId,
        Issued = surrogate.Issued,
        Expires = surrogate.Expires,
        Seen = surrogate.Seen,
        Rotated = surrogate.Rotated,
    };

    public RefreshRotationSurrogate ConvertToSurrogate(in RefreshRotation value) => new()
    {
        Number = value.Number,
        TokenId = value.TokenId,
        Issued = value.Issued,
        Expires = value.Expires,
        Seen = value.Seen,
        Rotated = value.Rotated,
    };
}

[GenerateSerializer]
internal struct RotatedTokenSurrogate
{
    [Id(0)]
    public Guid TokenId;

    [Id(1)]
    public DateTimeOffset At;
}

[RegisterConverter]
internal sealed class RotatedTokenConverter : IConverter<RotatedToken, RotatedTokenSurrogate>
{
    public RotatedToken ConvertFromSurrogate(in RotatedTokenSurrogate surrogate) => new(surrogate.TokenId, surrogate.At);

    public RotatedTokenSurrogate ConvertToSurrogate(in RotatedToken value) => new() { TokenId = value.TokenId, At = value.At };
}
