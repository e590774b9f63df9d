using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;

namespace AuthCluster.OrleansHost.Wire;

[GenerateSerializer]
internal struct GuessSurrogate
{
    [Id(0)]
    public Guid Id;

    [Id(1)]
    public Guid? Client;

    [Id(2)]
    public string PasswordHash;

    [Id(3)]
    public int CredentialVersion;
}

[RegisterConverter]
internal sealed class GuessConverter : IConverter<Guess, GuessSurrogate>
{
    public Guess ConvertFromSurrogate(in GuessSurrogate surrogate) =>
        new(surrogate.Id, surrogate.Client, surrogate.PasswordHash, surrogate.CredentialVersion);

    public GuessSurrogate ConvertToSurrogate(in Guess value) =>
        new() { Id = value.Id, Client = value.Client, PasswordHash = value.PasswordHash, CredentialVersion = value.CredentialVersion };
}

[GenerateSerializer]
internal struct SettledGuessSurrogate
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
internal sealed class SettledGuessConverter : IConverter<SettledGuess, SettledGuessSurrogate>
{
    public SettledGuess ConvertFromSurrogate(in SettledGuessSurrogate surrogate) =>
        new(surrogate.Id, surrogate.Client, surrogate.CredentialVersion, surrogate.Right);

    public SettledGuessSurrogate ConvertToSurrogate(in SettledGuess value) =>
        new() { Id = value.Id, Client = value.Client, CredentialVersion = value.CredentialVersion, Right = value.Right };
}

[GenerateSerializer]
internal struct DeviceTokenFactsSurrogate
{
    [Id(0)]
    public Guid ClientId;

    [Id(1)]
    public int Generation;
}

[RegisterConverter]
internal sealed class DeviceTokenFactsConverter : IConverter<DeviceTokenFacts, DeviceTokenFactsSurrogate>
{
    public DeviceTokenFacts ConvertFromSurrogate(in DeviceTokenFactsSurrogate surrogate) => new(surrogate.ClientId, surrogate.Generation);

    public DeviceTokenFactsSurrogate ConvertToSurrogate(in DeviceTokenFacts value) =>
        new() { ClientId = value.ClientId, Generation = value.Generation };
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
internal struct ReleaseGuessSurrogate
{
    [Id(0)]
    public SettledGuess Guess;
}

[RegisterConverter]
internal sealed class ReleaseGuessConverter : IConverter<ReleaseGuess, ReleaseGuessSurrogate>
{
    public ReleaseGuess ConvertFromSurrogate(in ReleaseGuessSurrogate surrogate) => new(surrogate.Guess);

    public ReleaseGuessSurrogate ConvertToSurrogate(in ReleaseGuess value) => new() { Guess = value.Guess };
}
