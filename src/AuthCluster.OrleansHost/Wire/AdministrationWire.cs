using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;

namespace AuthCluster.OrleansHost.Wire;

[GenerateSerializer]
internal struct AdministerSurrogate
{
    [Id(0)]
    public ImmutableArray<string>? Roles;

    [Id(1)]
    public bool? Active;
}

[RegisterConverter]
internal sealed class AdministerConverter : IConverter<Administer, AdministerSurrogate>
{
    public Administer ConvertFromSurrogate(in AdministerSurrogate surrogate) => new() { Roles = surrogate.Roles, Active = surrogate.Active };

    public AdministerSurrogate ConvertToSurrogate(in Administer value) => new() { Roles = value.Roles, Active = value.Active };
}

[GenerateSerializer]
internal struct RevokeTokensSurrogate
{
    [Id(0)]
    public int Tokens;
}

[RegisterConverter]
internal sealed class RevokeTokensConverter : IConverter<RevokeTokens, RevokeTokensSurrogate>
{
    public RevokeTokens ConvertFromSurrogate(in RevokeTokensSurrogate surrogate) => new((RevokedTokens)surrogate.Tokens);

    public RevokeTokensSurrogate ConvertToSurrogate(in RevokeTokens value) => new() { Tokens = (int)value.Tokens };
}

[GenerateSerializer]
internal struct EndSessionByAdministratorSurrogate
{
    [Id(0)]
    public Guid SessionId;
}

[RegisterConverter]
internal sealed class EndSessionByAdministratorConverter : IConverter<EndSessionByAdministrator, EndSessionByAdministratorSurrogate>
{
    public EndSessionByAdministrator ConvertFromSurrogate(in EndSessionByAdministratorSurrogate surrogate) => new(surrogate.SessionId);

    public EndSessionByAdministratorSurrogate ConvertToSurrogate(in EndSessionByAdministrator value) => new() { SessionId = value.SessionId };
}

[GenerateSerializer]
internal struct DeleteByAdministratorSurrogate;

[RegisterConverter]
internal sealed class DeleteByAdministratorConverter : IConverter<DeleteByAdministrator, DeleteByAdministratorSurrogate>
{
    public DeleteByAdministrator ConvertFromSurrogate(in DeleteByAdministratorSurrogate surrogate) => new();

    public DeleteByAdministratorSurrogate ConvertToSurrogate(in DeleteByAdministrator value) => default;
}

[GenerateSerializer]
internal struct ByAdministratorSurrogate<TResult>
{
    [Id(0)]
    public Actor Actor;

    [Id(1)]
    public Act<TResult> Act;
}

[RegisterConverter]
internal sealed class ByAdministratorConverter<TResult> : IConverter<ByAdministrator<TResult>, ByAdministratorSurrogate<TResult>>
{
    public ByAdministrator<TResult> ConvertFromSurrogate(in ByAdministratorSurrogate<TResult> surrogate) => new(surrogate.Actor, surrogate.Act);

    public ByAdministratorSurrogate<TResult> ConvertToSurrogate(in ByAdministrator<TResult> value) => new() { Actor = value.Actor, Act = value.Act };
}

[GenerateSerializer]
internal struct NoteKeyRotationSurrogate;

[RegisterConverter]
internal sealed class NoteKeyRotationConverter : IConverter<NoteKeyRotation, NoteKeyRotationSurrogate>
{
    public NoteKeyRotation ConvertFromSurrogate(in NoteKeyRotationSurrogate surrogate) => new();

    public NoteKeyRotationSurrogate ConvertToSurrogate(in NoteKeyRotation value) => default;
}
