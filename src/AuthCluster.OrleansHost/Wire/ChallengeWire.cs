using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;

namespace AuthCluster.OrleansHost.Wire;

[GenerateSerializer]
internal struct TotpCredentialSurrogate
{
    [Id(0)]
    public string SealedSecret;
}

[RegisterConverter]
internal sealed class TotpCredentialConverter : IConverter<TotpCredential, TotpCredentialSurrogate>
{
    public TotpCredential ConvertFromSurrogate(in TotpCredentialSurrogate surrogate) => new(surrogate.SealedSecret);

    public TotpCredentialSurrogate ConvertToSurrogate(in TotpCredential value) => new() { SealedSecret = value.SealedSecret };
}

[GenerateSerializer]
internal struct SettledCodeSurrogate
{
    [Id(0)]
    public Guid Id;

    [Id(1)]
    public Guid? Device;

    [Id(2)]
    public int TotpVersion;

    [Id(3)]
    public long? Step;

    [Id(4)]
    public string? EmergencyHash;
}

[RegisterConverter]
internal sealed class SettledCodeConverter : IConverter<SettledCode, SettledCodeSurrogate>
{
    public SettledCode ConvertFromSurrogate(in SettledCodeSurrogate surrogate) =>
        new(surrogate.Id, surrogate.Device, surrogate.TotpVersion, surrogate.Step, surrogate.EmergencyHash);

    public SettledCodeSurrogate ConvertToSurrogate(in SettledCode value) =>
        new() { Id = value.Id, Device = value.Device, TotpVersion = value.TotpVersion, Step = value.Step, EmergencyHash = value.EmergencyHash };
}

[GenerateSerializer]
internal struct ChallengeSurrogate
{
    [Id(0)]
    public Guid AccountId;

    [Id(1)]
    public Guid Id;

    [Id(2)]
    public Guid Secret;

    [Id(3)]
    public DateTimeOffset Expires;

    [Id(4)]
    public Guid? Device;

    [Id(5)]
    public string? DeviceName;
}

[RegisterConverter]
internal sealed class ChallengeConverter : IConverter<Challenge, ChallengeSurrogate>
{
    public Challenge ConvertFromSurrogate(in ChallengeSurrogate surrogate) =>
        new(surrogate.AccountId, surrogate.Id, surrogate.Secret, surrogate.Expires, surrogate.Device, surrogate.DeviceName);

    public ChallengeSurrogate ConvertToSurrogate(in Challenge value) => new()
    {
        AccountId = value.AccountId,
        Id = value.Id,
        Secret = value.Secret,
        Expires = value.Expires,
        Device = value.Device,
        DeviceName = value.DeviceName,
    };
}

[GenerateSerializer]
internal struct SecondFactorOwedSurrogate
{
    [Id(0)]
    public Challenge Challenge;
}

[RegisterConverter]
internal sealed class SecondFactorOwedConverter : IConverter<SecondFactorOwed, SecondFactorOwedSurrogate>
{
    public SecondFactorOwed ConvertFromSurrogate(in SecondFactorOwedSurrogate surrogate) => new(surrogate.Challenge);

    public SecondFactorOwedSurrogate ConvertToSurrogate(in SecondFactorOwed value) => new() { Challenge = value.Challenge };
}

[GenerateSerializer]
internal struct BeginChallengeSurrogate
{
    [Id(0)]
    public Challenge Challenge;
}

[RegisterConverter]
internal sealed class BeginChallengeConverter : IConverter<BeginChallenge, BeginChallengeSurrogate>
{
    public BeginChallenge ConvertFromSurrogate(in BeginChallengeSurrogate surrogate) => new(surrogate.Challenge);

    public BeginChallengeSurrogate ConvertToSurrogate(in BeginChallenge value) => new() { Challenge = value.Challenge };
}

[GenerateSerializer]
internal struct CompleteChallengeSurrogate
{
    [Id(0)]
    public Challenge Challenge;

    [Id(1)]
    public SettledCode Code;

    [Id(2)]
    public ClientFacts Client;
}

[RegisterConverter]
internal sealed class CompleteChallengeConverter : IConverter<CompleteChallenge, CompleteChallengeSurrogate>
{
    public CompleteChallenge ConvertFromSurrogate(in CompleteChallengeSurrogate surrogate) =>
        new(surrogate.Challenge, surrogate.Code, surrogate.Client);

    public CompleteChallengeSurrogate ConvertToSurrogate(in CompleteChallenge value) =>
        new() { Challenge = value.Challenge, Code = value.Code, Client = value.Client };
}

[GenerateSerializer]
internal struct ReleaseCodeSurrogate
{
    [Id(0)]
    public SettledCode Code;
}

[RegisterConverter]
internal sealed class ReleaseCodeConverter : IConverter<ReleaseCode, ReleaseCodeSurrogate>
{
    public ReleaseCode ConvertFromSurrogate(in ReleaseCodeSurrogate surrogate) => new(surrogate.Code);

    public ReleaseCodeSurrogate ConvertToSurrogate(in ReleaseCode value) => new() { Code = value.Code };
}
