using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;

namespace AuthCluster.OrleansHost.Wire;

[GenerateSerializer]
internal struct BeginCodeCheckSurrogate
{
    [Id(0)]
    public SessionProof Proof;
}

[RegisterConverter]
internal sealed class BeginCodeCheckConverter : IConverter<BeginCodeCheck, BeginCodeCheckSurrogate>
{
    public BeginCodeCheck ConvertFromSurrogate(in BeginCodeCheckSurrogate surrogate) => new(surrogate.Proof);

    public BeginCodeCheckSurrogate ConvertToSurrogate(in BeginCodeCheck value) => new() { Proof = value.Proof };
}

[GenerateSerializer]
internal struct BeginTotpConfirmationSurrogate
{
    [Id(0)]
    public SessionProof Proof;
}

[RegisterConverter]
internal sealed class BeginTotpConfirmationConverter : IConverter<BeginTotpConfirmation, BeginTotpConfirmationSurrogate>
{
    public BeginTotpConfirmation ConvertFromSurrogate(in BeginTotpConfirmationSurrogate surrogate) => new(surrogate.Proof);

    public BeginTotpConfirmationSurrogate ConvertToSurrogate(in BeginTotpConfirmation value) => new() { Proof = value.Proof };
}

[GenerateSerializer]
internal struct CreateTotpSurrogate
{
    [Id(0)]
    public SessionProof Proof;

    [Id(1)]
    public SettledAttempt Attempt;

    [Id(2)]
    public string SealedSecret;

    [Id(3)]
    public ClientFacts Client;
}

[RegisterConverter]
internal sealed class CreateTotpConverter : IConverter<CreateTotp, CreateTotpSurrogate>
{
    public CreateTotp ConvertFromSurrogate(in CreateTotpSurrogate surrogate) =>
        new(surrogate.Proof, surrogate.Attempt, surrogate.SealedSecret, surrogate.Client);

    public CreateTotpSurrogate ConvertToSurrogate(in CreateTotp value) =>
        new() { Proof = value.Proof, Attempt = value.Attempt, SealedSecret = value.SealedSecret, Client = value.Client };
}

[GenerateSerializer]
internal struct ConfirmTotpSurrogate
{
    [Id(0)]
    public SessionProof Proof;

    [Id(1)]
    public SettledCode Code;

    [Id(2)]
    public ImmutableArray<string> EmergencyHashes;

    [Id(3)]
    public ClientFacts Client;
}

[RegisterConverter]
internal sealed class ConfirmTotpConverter : IConverter<ConfirmTotp, ConfirmTotpSurrogate>
{
    public ConfirmTotp ConvertFromSurrogate(in ConfirmTotpSurrogate surrogate) =>
        new(surrogate.Proof, surrogate.Code, surrogate.EmergencyHashes, surrogate.Client);

    public ConfirmTotpSurrogate ConvertToSurrogate(in ConfirmTotp value) =>
        new() { Proof = value.Proof, Code = value.Code, EmergencyHashes = value.EmergencyHashes, Client = value.Client };
}

[GenerateSerializer]
internal struct StepUpSurrogate
{
    [Id(0)]
    public SessionProof Proof;

    [Id(1)]
    public SettledCode Code;

    [Id(2)]
    public ClientFacts Client;
}

[RegisterConverter]
internal sealed class StepUpConverter : IConverter<StepUp, StepUpSurrogate>
{
    public StepUp ConvertFromSurrogate(in StepUpSurrogate surrogate) => new(surrogate.Proof, surrogate.Code, surrogate.Client);

    public StepUpSurrogate ConvertToSurrogate(in StepUp value) => new() { Proof = value.Proof, Code = value.Code, Client = value.Client };
}

[GenerateSerializer]
internal struct DeleteTotpSurrogate
{
    [Id(0)]
    public SessionProof Proof;

    [Id(1)]
    public SettledAttempt Attempt;

    [Id(2)]
    public SettledCode Code;

    [Id(3)]
    public ClientFacts Client;
}

[RegisterConverter]
internal sealed class DeleteTotpConverter : IConverter<DeleteTotp, DeleteTotpSurrogate>
{
    public DeleteTotp ConvertFromSurrogate(in DeleteTotpSurrogate surrogate) =>
        new(surrogate.Proof, surrogate.Attempt, surrogate.Code, surrogate.Client);

    public DeleteTotpSurrogate ConvertToSurrogate(in DeleteTotp value) =>
        new() { Proof = value.Proof, Attempt = value.Attempt, Code = value.Code, Client = value.Client };
}

[GenerateSerializer]
internal struct RenewEmergencyCodesSurrogate
{
    [Id(0)]
    public SessionProof Proof;

    [Id(1)]
    public SettledCode Code;

    [Id(2)]
    public ImmutableArray<string> EmergencyHashes;

    [Id(3)]
    public ClientFacts Client;
}

[RegisterConverter]
internal sealed class RenewEmergencyCodesConverter : IConverter<RenewEmergencyCodes, RenewEmergencyCodesSurrogate>
{
    public RenewEmergencyCodes ConvertFromSurrogate(in RenewEmergencyCodesSurrogate surrogate) =>
        new(surrogate.Proof, surrogate.Code, surrogate.EmergencyHashes, surrogate.Client);

    public RenewEmergencyCodesSurrogate ConvertToSurrogate(in RenewEmergencyCodes value) =>
        new() { Proof = value.Proof, Code = value.Code, EmergencyHashes = value.EmergencyHashes, Client = value.Client };
}
