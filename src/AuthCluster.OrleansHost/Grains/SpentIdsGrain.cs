using System.Collections.Immutable;
using AuthCluster.OrleansHost.Storage;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>A share of the ids that were used: those whose hash begins alike.</summary>
[Alias("authcluster.spent-ids")]
internal interface ISpentIdsGrain : IGrainWithIntegerKey
{
    [Alias("spend")]
    Task<bool> TrySpendAsync(byte[] hash, DateTimeOffset until);
}

[GenerateSerializer, Alias("authcluster.spent-ids-record")]
internal sealed class SpentIdsRecord
{
    [Id(0)]
    public ImmutableArray<SpentId> Ids { get; init; } = [];
}

/// <param name="Hash">The first half of the hash: enough to tell ids apart, and less to store.</param>
[GenerateSerializer, Alias("authcluster.spent-id")]
internal readonly record struct SpentId([property: Id(0)] Guid Hash, [property: Id(1)] DateTimeOffset Until);

/// <remarks>Of two activations at once one finds the record changed: it fails, and says nothing.</remarks>
[GrainType("spent-ids")]
internal sealed class SpentIdsGrain(
    [PersistentState("spent-ids", GrainStorage.Name)] IPersistentState<SpentIdsRecord> stored, TimeProvider time)
    : StoredGrain<SpentIdsRecord>(stored), ISpentIdsGrain
{
    /// <summary>The record stays far below what any store takes.</summary>
    private const int Limit = 1000;

    public async Task<bool> TrySpendAsync(byte[] hash, DateTimeOffset until)
    {
        var id = new Guid(hash.AsSpan(0, 16));
        var now = time.GetUtcNow();
        var living = Record.Ids.RemoveAll(spent => spent.Until <= now);
        if (living.Any(spent => spent.Hash == id))
            return false;
        if (living.Length >= Limit)
            throw new StateUnavailableException("More ids are used at this time than are kept.");
        await SaveAsync(new SpentIdsRecord { Ids = living.Add(new SpentId(id, until)) });
        return true;
    }
}

/// <summary>The port, on grains.</summary>
internal sealed class ClusterSpentIds(IGrainFactory grains, TimeProvider time) : ISpentIds
{
    private const int Shares = 16;

    public Task<bool> TrySpendAsync(byte[] hash, DateTimeOffset until) =>
        grains.GetGrain<ISpentIdsGrain>(hash[^1] % Shares).TrySpendAsync(hash, until).InTimeAsync(time);
}
