using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.Options;

namespace AuthCluster;

/// <summary>The stored key ring.</summary>
public interface IKeyRingStore
{
    /// <summary>Version 0 and no keys at the first start.</summary>
    Task<StoredKeyRing> LoadAsync();

    /// <summary>Durable when the task completes.</summary>
    /// <param name="revocations">What dies with this save. It is stored with the keys, and in the feed when the task completes.</param>
    /// <returns>False where the stored version is not <paramref name="expectedVersion"/>; nothing was stored then.</returns>
    Task<bool> SaveAsync(ImmutableArray<StoredKey> keys, long expectedVersion, ImmutableArray<Revocation> revocations);

    /// <summary>Whether a ring of this version, loaded or saved here, may be gone by. Asked for every token.</summary>
    bool IsCurrent(long version);

    /// <summary>Completes when no other process goes by a ring from before the last save here. Other processes may take some seconds.</summary>
    Task WaitForOthersAsync();
}

/// <param name="Keys">In the order in which they were made, which the store keeps: the last one is the newest.</param>
public sealed record StoredKeyRing(long Version, ImmutableArray<StoredKey> Keys);

public sealed record StoredKey
{
    /// <summary><c>kid</c>.</summary>
    public required string Id { get; init; }

    public required TokenAlgorithm Algorithm { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>A key is published before it signs, so that others have fetched it by then.</summary>
    public required DateTimeOffset SignsFrom { get; init; }

    /// <summary>Until when its tokens can live; <c>null</c> while it has no successor.</summary>
    public DateTimeOffset? VerifiesUntil { get; init; }

    /// <summary>Private key or HMAC key, sealed with the master key.</summary>
    public required ImmutableArray<byte> SealedKey { get; init; }
}
