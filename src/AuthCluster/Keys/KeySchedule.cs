using System.Collections.Immutable;
using AuthCluster.Options;

namespace AuthCluster.Keys;

/// <summary>When the ring needs a key and how long keys stay. Decisions only; rings are in the order in which their keys were made.</summary>
internal static class KeySchedule
{
    /// <summary>Bounds the use of a stolen key, and keeps in use what will be needed in a hurry on the day one is stolen.</summary>
    public static readonly TimeSpan RotationAge = TimeSpan.FromDays(90);

    /// <summary>Others cache the published keys: the max-age of the JWKS answer has to be shorter than this.</summary>
    public static readonly TimeSpan PublishAhead = TimeSpan.FromMinutes(10);

    /// <summary>A full ring rotates on demand only with the old keys retired: services that check tokens fetch every key.</summary>
    public const int Limit = 32;

    /// <summary>A changed setting takes effect at the start. Only the newest key counts: one that was succeeded never signs again.</summary>
    public static bool NeedsKey(ImmutableArray<StoredKey> keys, TokenAlgorithm algorithm) => keys.IsEmpty || keys[^1].Algorithm != algorithm;

    public static bool IsDue(ImmutableArray<StoredKey> keys, DateTimeOffset now) => !keys.IsEmpty && now - keys[^1].SignsFrom >= RotationAge;

    public static bool IsKeyWaiting(ImmutableArray<StoredKey> keys, DateTimeOffset now) => !keys.IsEmpty && keys[^1].SignsFrom > now;

    public static bool IsFull(ImmutableArray<StoredKey> keys) => keys.Length >= Limit;

    /// <summary>The ring with a new key at its end. The one before it stays as long as tokens it signed until then can live.</summary>
    public static ImmutableArray<StoredKey> Succeeded(ImmutableArray<StoredKey> keys, StoredKey successor, TimeSpan tokenLifetime)
    {
        if (keys.IsEmpty)
            return [successor];
        var last = keys[^1] with { VerifiesUntil = successor.SignsFrom + tokenLifetime };
        return [.. keys[..^1], last, successor];
    }

    public static ImmutableArray<StoredKey> WithoutExpired(ImmutableArray<StoredKey> keys, DateTimeOffset now) =>
        keys.RemoveAll(key => key.VerifiesUntil <= now);
}
