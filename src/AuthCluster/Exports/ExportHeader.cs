using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using AuthCluster.Options;

namespace AuthCluster.Exports;

/// <param name="Keys">The key ring, sealed.</param>
public sealed record ExportHeader(long Accounts, ImmutableArray<StoredKey> Keys);

internal sealed class StoredHeader
{
    public required int Format { get; init; }

    public required long Accounts { get; init; }

    public required StoredExportKey[] Keys { get; init; }
}

internal sealed class StoredExportKey
{
    public required string Id { get; init; }

    public required TokenAlgorithm Algorithm { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset SignsFrom { get; init; }

    public DateTimeOffset? VerifiesUntil { get; init; }

    public required byte[] SealedKey { get; init; }

    [JsonIgnore]
    public StoredKey Key => new()
    {
        Id = Id,
        Algorithm = Algorithm,
        Created = Created,
        SignsFrom = SignsFrom,
        VerifiesUntil = VerifiesUntil,
        SealedKey = ImmutableCollectionsMarshal.AsImmutableArray(SealedKey),
    };

    public static StoredExportKey Of(StoredKey key) => new()
    {
        Id = key.Id,
        Algorithm = key.Algorithm,
        Created = key.Created,
        SignsFrom = key.SignsFrom,
        VerifiesUntil = key.VerifiesUntil,
        SealedKey = [.. key.SealedKey],
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(StoredHeader))]
internal sealed partial class ExportJson : JsonSerializerContext;
