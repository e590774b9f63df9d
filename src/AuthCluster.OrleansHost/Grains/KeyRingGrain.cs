using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.Options;
using AuthCluster.OrleansHost.Feed;
using AuthCluster.OrleansHost.Storage;
using Orleans.Storage;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>
/// Writes the stored key ring. There is one such grain. Token checks do not need it: each node reads the record by
/// <see cref="IKeyRingReaderGrain"/>.
/// </summary>
[Alias("authcluster.key-ring")]
internal interface IKeyRingGrain : IGrainWithIntegerKey
{
    /// <summary>The stored ring, for a node with a longer lease than any before it. A process that retires keys waits for that one, too.</summary>
    [Alias("admit")]
    Task<StoredKeyRing> AdmitAsync(TimeSpan lease);

    /// <summary>Zero before the first node.</summary>
    [Alias("longest-lease")]
    Task<TimeSpan> GetLongestLeaseAsync();

    /// <returns>How long other nodes may go by the ring before; <c>null</c> if the stored version is another, and nothing was stored.</returns>
    /// <param name="revocations">What dies by it, which the feed is told.</param>
    [Alias("save")]
    Task<TimeSpan?> SaveAsync(ImmutableArray<StoredKey> keys, long expectedVersion, ImmutableArray<Revocation> revocations);

    /// <summary>Takes in keys that verify the tokens of another deployment, except keys that were taken in before.</summary>
    /// <returns>The number of keys that were added.</returns>
    [Alias("import")]
    Task<int> ImportAsync(ImmutableArray<StoredKey> keys);
}

[GenerateSerializer, Alias("authcluster.key-ring-record")]
internal sealed record KeyRingRecord
{
    [Id(0)]
    public StoredKeyRing Ring { get; init; } = new(0, []);

    /// <summary>Ids of imported keys. They stay when a key is retired: an import that is repeated must not bring its tokens back.</summary>
    [Id(2)]
    public ImmutableArray<string> Imported { get; init; } = [];

    /// <summary>The longest lease that a node ever read the ring with. It never falls: an old reading may be in use until it is over.</summary>
    [Id(3)]
    public TimeSpan LongestLease { get; init; }

    /// <summary>What retired keys took with them lately. It is told with each save, since it is not known of the one before whether it was.</summary>
    [Id(4)]
    public ImmutableArray<Revocation> Revocations { get; init; } = [];
}

[GrainType("key-ring")]
internal sealed class KeyRingGrain(
    [PersistentState(KeyRingGrain.RecordName, GrainStorage.Name)] IPersistentState<KeyRingRecord> stored, NodeLog feed, TokenOptions tokens, TimeProvider time)
    : StoredGrain<KeyRingRecord>(stored), IKeyRingGrain
{
    public const string RecordName = "key-ring";

    public async Task<StoredKeyRing> AdmitAsync(TimeSpan lease)
    {
        await ReadAsync();
        if (Record.LongestLease < lease)
            await SaveAsync(Record with { LongestLease = lease });
        return Record.Ring;
    }

    public async Task<TimeSpan> GetLongestLeaseAsync()
    {
        await ReadAsync();
        return Record.LongestLease;
    }

    public async Task<TimeSpan?> SaveAsync(ImmutableArray<StoredKey> keys, long expectedVersion, ImmutableArray<Revocation> revocations)
    {
        await ReadAsync();
        if (Record.Ring.Version != expectedVersion)
            return null;
        var relevant = time.GetUtcNow() - NotedRevocations.RelevantTime(tokens);
        var lately = Record.Revocations.RemoveAll(revocation => revocation.Time < relevant).AddRange(revocations);
        try
        {
            await SaveAsync(Record with { Ring = new StoredKeyRing(expectedVersion + 1, keys), Revocations = lately });
        }
        catch (InconsistentStateException)
        {
            return null;
        }

        if (!lately.IsEmpty)
            await feed.AppendAsync([.. lately.Select(revocation => new RevocationNotice(AccountId: null, revocation))]);
        return Record.LongestLease;
    }

    public async Task<int> ImportAsync(ImmutableArray<StoredKey> keys)
    {
        await ReadAsync();
        var record = Record;
        var added = keys.RemoveAll(key => record.Imported.Contains(key.Id));
        if (added.IsEmpty)
            return 0;
        await SaveAsync(record with
        {
            // In front: the newest key, which signs, is the last one.
            Ring = new StoredKeyRing(record.Ring.Version + 1, [.. added, .. record.Ring.Keys]),
            Imported = [.. record.Imported, .. added.Select(key => key.Id)],
        });
        return added.Length;
    }
}
