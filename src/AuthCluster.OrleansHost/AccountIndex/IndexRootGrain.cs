using AuthCluster.OrleansHost.Storage;

namespace AuthCluster.OrleansHost.AccountIndex;

/// <summary>Which leaf of the index has which addresses. There is one such grain; its record is written when a leaf is split.</summary>
[Alias("authcluster.index-root")]
internal interface IIndexRootGrain : IGrainWithIntegerKey
{
    /// <summary>The leaf that has this address, or would have it.</summary>
    [Alias("find")]
    Task<Guid> FindAsync(string email);

    /// <summary>A leaf gave its upper part, from this address on, to another one.</summary>
    [Alias("add")]
    Task AddAsync(IndexRange upper);
}

/// <summary>A leaf and its first address.</summary>
[GenerateSerializer, Alias("authcluster.index-range")]
internal readonly record struct IndexRange([property: Id(0)] string First, [property: Id(1)] Guid Leaf);

[GenerateSerializer, Alias("authcluster.index-root-record")]
internal sealed class IndexRootRecord
{
    /// <summary>In their order. The first leaf, from the empty text on, has an id that needs no entry.</summary>
    [Id(0)]
    public List<IndexRange> Ranges { get; init; } = [];
}

[GrainType("index-root")]
internal sealed class IndexRootGrain([PersistentState("index-root", GrainStorage.Name)] IPersistentState<IndexRootRecord> stored)
    : StoredGrain<IndexRootRecord>(stored), IIndexRootGrain
{
    public Task<Guid> FindAsync(string email) => Task.FromResult(PlaceOf(email) is var place and >= 0 ? Record.Ranges[place].Leaf : Guid.Empty);

    public Task AddAsync(IndexRange upper)
    {
        // A split that was broken off is made again, with another leaf; readers of the first one find what it had in the older leaf.
        var ranges = Record.Ranges.Where(range => range.First != upper.First).Append(upper).OrderBy(range => range.First, StringComparer.Ordinal);
        return SaveAsync(new IndexRootRecord { Ranges = [.. ranges] });
    }

    /// <summary>The last range that begins at the address or before it; -1 for the first leaf.</summary>
    private int PlaceOf(string email)
    {
        var (low, high) = (0, Record.Ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(Record.Ranges[middle].First, email) <= 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }
}
