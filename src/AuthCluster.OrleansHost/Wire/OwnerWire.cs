using System.Collections.Immutable;
using System.Text.Json.Nodes;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;

namespace AuthCluster.OrleansHost.Wire;

[GenerateSerializer]
internal struct RegisterSurrogate
{
    [Id(0)]
    public Guid Id;

    [Id(1)]
    public string Email;

    [Id(2)]
    public string PasswordHash;

    [Id(3)]
    public ClientFacts Client;

    [Id(4)]
    public Profile Profile;

    [Id(5)]
    public ImmutableArray<string> Roles;

    [Id(6)]
    public bool EmailVerified;
}

[RegisterConverter]
internal sealed class RegisterConverter : IConverter<Register, RegisterSurrogate>
{
    public Register ConvertFromSurrogate(in RegisterSurrogate surrogate) => new(surrogate.Id, surrogate.Email, surrogate.PasswordHash, surrogate.Client)
    {
        Profile = surrogate.Profile,
        Roles = surrogate.Roles,
        EmailVerified = surrogate.EmailVerified,
    };

    public RegisterSurrogate ConvertToSurrogate(in Register value) => new()
    {
        Id = value.Id,
        Email = value.Email,
        PasswordHash = value.PasswordHash,
        Client = value.Client,
        Profile = value.Profile,
        Roles = value.Roles,
        EmailVerified = value.EmailVerified,
    };
}

[GenerateSerializer]
internal struct CompleteLoginSurrogate
{
    [Id(0)]
    public SettledAttempt Attempt;

    [Id(1)]
    public ClientFacts Client;

    [Id(2)]
    public string? DeviceName;

    [Id(3)]
    public string? StrongerHash;

    [Id(4)]
    public bool CodeFollows;
}

[RegisterConverter]
internal sealed class CompleteLoginConverter : IConverter<CompleteLogin, CompleteLoginSurrogate>
{
    public CompleteLogin ConvertFromSurrogate(in CompleteLoginSurrogate surrogate) => new(surrogate.Attempt, surrogate.Client)
    {
        DeviceName = surrogate.DeviceName,
        StrongerHash = surrogate.StrongerHash,
        CodeFollows = surrogate.CodeFollows,
    };

    public CompleteLoginSurrogate ConvertToSurrogate(in CompleteLogin value) => new()
    {
        Attempt = value.Attempt,
        Client = value.Client,
        DeviceName = value.DeviceName,
        StrongerHash = value.StrongerHash,
        CodeFollows = value.CodeFollows,
    };
}

[GenerateSerializer]
internal struct GrantedSurrogate
{
    [Id(0)]
    public Grant Grant;
}

[RegisterConverter]
internal sealed class GrantedConverter : IConverter<Granted, GrantedSurrogate>
{
    public Granted ConvertFromSurrogate(in GrantedSurrogate surrogate) => new(surrogate.Grant);

    public GrantedSurrogate ConvertToSurrogate(in Granted value) => new() { Grant = value.Grant };
}

[GenerateSerializer]
internal struct ChangePasswordSurrogate
{
    [Id(0)]
    public SessionProof Proof;

    [Id(1)]
    public SettledAttempt Attempt;

    [Id(2)]
    public string? NewHash;

    [Id(3)]
    public ClientFacts Client;
}

[RegisterConverter]
internal sealed class ChangePasswordConverter : IConverter<ChangePassword, ChangePasswordSurrogate>
{
    public ChangePassword ConvertFromSurrogate(in ChangePasswordSurrogate surrogate) =>
        new(surrogate.Proof, surrogate.Attempt, surrogate.NewHash, surrogate.Client);

    public ChangePasswordSurrogate ConvertToSurrogate(in ChangePassword value) =>
        new() { Proof = value.Proof, Attempt = value.Attempt, NewHash = value.NewHash, Client = value.Client };
}

[GenerateSerializer]
internal struct ChangeProfileSurrogate
{
    [Id(0)]
    public SessionProof Proof;

    [Id(1)]
    public string Changes;

    [Id(2)]
    public ClientFacts Client;
}

[RegisterConverter]
internal sealed class ChangeProfileConverter : IConverter<ChangeProfile, ChangeProfileSurrogate>
{
    public ChangeProfile ConvertFromSurrogate(in ChangeProfileSurrogate surrogate) =>
        new(surrogate.Proof, JsonNode.Parse(surrogate.Changes)!.AsObject(), surrogate.Client);

    public ChangeProfileSurrogate ConvertToSurrogate(in ChangeProfile value) =>
        new() { Proof = value.Proof, Changes = value.Changes.ToJsonString(), Client = value.Client };
}

[GenerateSerializer]
internal struct DeleteAccountSurrogate
{
    [Id(0)]
    public SessionProof Proof;

    [Id(1)]
    public SettledAttempt Attempt;

    [Id(2)]
    public ClientFacts Client;
}

[RegisterConverter]
internal sealed class DeleteAccountConverter : IConverter<DeleteAccount, DeleteAccountSurrogate>
{
    public DeleteAccount ConvertFromSurrogate(in DeleteAccountSurrogate surrogate) => new(surrogate.Proof, surrogate.Attempt, surrogate.Client);

    public DeleteAccountSurrogate ConvertToSurrogate(in DeleteAccount value) =>
        new() { Proof = value.Proof, Attempt = value.Attempt, Client = value.Client };
}

[GenerateSerializer]
internal struct ViewSurrogate;

[RegisterConverter]
internal sealed class ViewConverter : IConverter<View, ViewSurrogate>
{
    public View ConvertFromSurrogate(in ViewSurrogate surrogate) => new();

    public ViewSurrogate ConvertToSurrogate(in View value) => default;
}

[GenerateSerializer]
internal struct ViewActivitySurrogate;

[RegisterConverter]
internal sealed class ViewActivityConverter : IConverter<ViewActivity, ViewActivitySurrogate>
{
    public ViewActivity ConvertFromSurrogate(in ViewActivitySurrogate surrogate) => new();

    public ViewActivitySurrogate ConvertToSurrogate(in ViewActivity value) => default;
}

[GenerateSerializer]
internal struct ViewSessionsSurrogate;

[RegisterConverter]
internal sealed class ViewSessionsConverter : IConverter<ViewSessions, ViewSessionsSurrogate>
{
    public ViewSessions ConvertFromSurrogate(in ViewSessionsSurrogate surrogate) => new();

    public ViewSessionsSurrogate ConvertToSurrogate(in ViewSessions value) => default;
}
