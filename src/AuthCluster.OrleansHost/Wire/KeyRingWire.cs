using System.Collections.Immutable;
using AuthCluster.Options;

namespace AuthCluster.OrleansHost.Wire;

[GenerateSerializer]
internal struct StoredKeyRingSurrogate
{
    [Id(0)]
    public long Version;

    [Id(1)]
    public ImmutableArray<StoredKey> Keys;
}

[RegisterConverter]
internal sealed class StoredKeyRingConverter : IConverter<StoredKeyRing, StoredKeyRingSurrogate>
{
    public StoredKeyRing ConvertFromSurrogate(in StoredKeyRingSurrogate surrogate) => new(surrogate.Version, surrogate.Keys);

    public StoredKeyRingSurrogate ConvertToSurrogate(in StoredKeyRing value) => new() { Version = value.Version, Keys = value.Keys };
}

[GenerateSerializer]
internal struct StoredKeySurrogate
{
    [Id(0)]
    public string Id;

    [Id(1)]
    public int Algorithm;

    [Id(2)]
    public DateTimeOffset Created;

    [Id(3)]
    public DateTimeOffset SignsFrom;

    [Id(4)]
    public DateTimeOffset? VerifiesUntil;

    [Id(5)]
    public ImmutableArray<byte> SealedKey;
}

[RegisterConverter]
internal sealed class StoredKeyConverter : IConverter<StoredKey, StoredKeySurrogate>
{
    public StoredKey ConvertFromSurrogate(in StoredKeySurrogate surrogate) => new()
    {
        Id = surrogate.Id,
        Algorithm = (TokenAlgorithm)surrogate.Algorithm,
        Created = surrogate.Created,
        SignsFrom = surrogate.SignsFrom,
        VerifiesUntil = surrogate.VerifiesUntil,
        SealedKey = surrogate.SealedKey,
    };

    public StoredKeySurrogate ConvertToSurrogate(in StoredKey value) => new()
    {
        Id = value.Id,
        Algorithm = (int)value.Algorithm,
        Created = value.Created,
        SignsFrom = value.SignsFrom,
        VerifiesUntil = value.VerifiesUntil,
        SealedKey = value.SealedKey,
    };
}
