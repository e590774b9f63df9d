using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;

namespace AuthCluster.OrleansHost.Wire;

[GenerateSerializer]
internal struct AttemptSurrogate
{
    [Id(0)]
    public Guid Id;

    [Id(1)]
    public Guid? Client;

    [Id(2)]
    public Credential Credential;

    [Id(3)]
    public int CredentialVersion;
}

[RegisterConverter]
internal sealed class AttemptConverter : IConverter<Attempt, AttemptSurrogate>
{
    public Attempt ConvertFromSurrogate(in AttemptSurrogate surrogate) =>
        new(surrogate.Id, surrogate.Client, surrogate.Credential, surrogate.CredentialVersion);

    public AttemptSurrogate ConvertToSurrogate(in Attempt value) =>
        new() { Id = value.Id, Client = value.Device, Credential = value.Credential, CredentialVersion = value.CredentialVersion };
}

[GenerateSerializer]
internal struct PasswordCredentialSurrogate
{
    [Id(0)]
    public string Hash;
}

[RegisterConverter]
internal sealed class PasswordCredentialConverter : IConverter<PasswordCredential, PasswordCredentialSurrogate>
{
    public PasswordCredential ConvertFromSurrogate(in PasswordCredentialSurrogate surrogate) => new(surrogate.Hash);

    public PasswordCredentialSurrogate ConvertToSurrogate(in PasswordCredential value) => new() { Hash = value.Hash };
}

[GenerateSerializer]
internal struct SettledAttemptSurrogate
{
    [Id(0)]
    public Guid Id;

    [Id(1)]
    public Guid? Client;

    [Id(2)]
    public int CredentialVersion;

    [Id(3)]
    public bool Right;
}

[RegisterConverter]
internal sealed class SettledAttemptConverter : IConverter<SettledAttempt, SettledAttemptSurrogate>
{
    public SettledAttempt ConvertFromSurrogate(in SettledAttemptSurrogate surrogate) =>
        new(surrogate.Id, surrogate.Client, surrogate.CredentialVersion, surrogate.Right);

    public SettledAttemptSurrogate ConvertToSurrogate(in SettledAttempt value) =>
        new() { Id = value.Id, Client = value.Device, CredentialVersion = value.CredentialVersion, Right = value.Right };
}

[GenerateSerializer]
internal struct DeviceTokenFactsSurrogate
{
    [Id(0)]
    public Guid DeviceId;

    [Id(1)]
    public int Generation;
}

[RegisterConverter]
internal sealed class DeviceTokenFactsConverter : IConverter<DeviceTokenFacts, DeviceTokenFactsSurrogate>
{
    public DeviceTokenFacts ConvertFromSurrogate(in DeviceTokenFactsSurrogate surrogate) => new(surrogate.DeviceId, surrogate.Generation);

    public DeviceTokenFactsSurrogate ConvertToSurrogate(in DeviceTokenFacts value) =>
        new() { DeviceId = value.DeviceId, Generation = value.Generation };
}

[GenerateSerializer]
internal struct BeginLoginSurrogate
{
    [Id(0)]
    public DeviceTokenFacts? DeviceToken;
}

[RegisterConverter]
internal sealed class BeginLoginConverter : IConverter<BeginLogin, BeginLoginSurrogate>
{
    public BeginLogin ConvertFromSurrogate(in BeginLoginSurrogate surrogate) => new(surrogate.DeviceToken);

    public BeginLoginSurrogate ConvertToSurrogate(in BeginLogin value) => new() { DeviceToken = value.DeviceToken };
}

[GenerateSerializer]
internal struct BeginPasswordCheckSurrogate
{
    [Id(0)]
    public SessionProof Proof;
}

[RegisterConverter]
internal sealed class BeginPasswordCheckConverter : IConverter<BeginPasswordCheck, BeginPasswordCheckSurrogate>
{
    public BeginPasswordCheck ConvertFromSurrogate(in BeginPasswordCheckSurrogate surrogate) => new(surrogate.Proof);

    public BeginPasswordCheckSurrogate ConvertToSurrogate(in BeginPasswordCheck value) => new() { Proof = value.Proof };
}

[GenerateSerializer]
internal struct ReleaseAttemptSurrogate
{
    [Id(0)]
    public SettledAttempt Attempt;
}

[RegisterConverter]
internal sealed class ReleaseAttemptConverter : IConverter<ReleaseAttempt, ReleaseAttemptSurrogate>
{
    public ReleaseAttempt ConvertFromSurrogate(in ReleaseAttemptSurrogate surrogate) => new(surrogate.Attempt);

    public ReleaseAttemptSurrogate ConvertToSurrogate(in ReleaseAttempt value) => new() { Attempt = value.Attempt };
}
