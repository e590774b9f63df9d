using AuthCluster.OrleansHost.Storage;

namespace AuthCluster.OrleansHost.AccountIndex;

/// <summary>The accounts whose addresses lie in one range.</summary>
[Alias("authcluster.index-leaf")]
internal interface IIndexLeafGrain : IGrainWithGuidKey
{
    /// <summary>False where the address lies in the part that was given away: the root names the leaf that has it.</summary>
    [Alias("add")]
    Task<bool> AddAsync(string email, Guid account);

    /// <inheritdoc cref="AddAsync"/>
    [Alias("remove")]
    Task<bool> RemoveAsync(string email, Guid account);

    [Alias("read")]
    Task<IndexPage> ReadAsync(IndexQuery query);

    /// <summary>Takes the upper part of another leaf.</summary>
    [Alias("take-over")]
    Task TakeOverAsync(IndexLeafRecord upper);
}

/// <param name="Upper">Where the next leaf begins; <c>null</c> where this is the last one.</param>
[GenerateSerializer, Alias("authcluster.index-page")]
internal readonly record struct IndexPage([property: Id(0)] List<IndexEntry> Entries, [property: Id(1)] string? Upper);

[GenerateSerializer, Alias("authcluster.index-entry")]
internal readonly record struct IndexEntry([property: Id(0)] string Email, [property: Id(1)] Guid Account);

[GenerateSerializer, Alias("authcluster.index-leaf-record")]
internal sealed class IndexLeafRecord
{
    /// <summary>In the order of their addresses.</summary>
    [Id(0)]
    public List<IndexEntry> Entries { get; init; } = [];

    /// <summary>Addresses from this one on are in the next leaf.</summary>
    [Id(1)]
    public string? Upper { get; init; }
}

[GrainType("index-leaf")]
internal sealed class IndexLeafGrain([PersistentState("index-leaf", GrainStorage.Name)] IPersistentState<IndexLeafRecord> stored)
    : StoredGrain<IndexLeafRecord>(stored), IIndexLeafGrain
{
    /// <summary>Entries of a leaf: some 20 KB, which each new account of its range writes anew.</summary>
    public const int Limit = 400;

    public async Task<bool> AddAsync(string email, Guid account)
    {
        if (IsBeyond(email))
            return false;
        var place = PlaceOf(email);
        var isThere = place < Record.Entries.Count && Record.Entries[place].Email == email;
        if (isThere && Record.Entries[place].Account == account)
            return true;
        var entries = new List<IndexEntry>(Record.Entries);
        if (isThere)
            entries.RemoveAt(place);
        entries.Insert(place, new IndexEntry(email, account));
        await SaveAsync(new IndexLeafRecord { Entries = entries, Upper = Record.Upper });
        if (entries.Count > Limit)
            await SplitAsync();
        return true;
    }

    public async Task<bool> RemoveAsync(string email, Guid account)
    {
        if (IsBeyond(email))
            return false;
        var left = Record.Entries.FindAll(entry => entry.Email != email || entry.Account != account);
        if (left.Count < Record.Entries.Count)
            await SaveAsync(new IndexLeafRecord { Entries = left, Upper = Record.Upper });
        return true;
    }

    public Task<IndexPage> ReadAsync(IndexQuery query)
    {
        var found = Record.Entries.Skip(PlaceOf(query.Prefix))
            .Where(entry => string.CompareOrdinal(entry.Email, query.After) > 0)
            .TakeWhile(entry => entry.Email.StartsWith(query.Prefix, StringComparison.Ordinal))
            .Take(query.Limit);
        return Task.FromResult(new IndexPage([.. found], Record.Upper));
    }

    public Task TakeOverAsync(IndexLeafRecord upper) => SaveAsync(upper);

    /// <summary>
    /// The new leaf is stored first, then the root names it, and this leaf gives its part up last: a crash in between leaves entries twice, of which the
    /// root names one, and none of them lost.
    /// </summary>
    private async Task SplitAsync()
    {
        var half = Record.Entries.Count / 2;
        var first = Record.Entries[half].Email;
        var leaf = Guid.NewGuid();
        await GrainFactory.GetGrain<IIndexLeafGrain>(leaf).TakeOverAsync(new IndexLeafRecord { Entries = Record.Entries[half..], Upper = Record.Upper });
        await GrainFactory.GetGrain<IIndexRootGrain>(0).AddAsync(new IndexRange(first, leaf));
        await SaveAsync(new IndexLeafRecord { Entries = Record.Entries[..half], Upper = first });
    }

    private bool IsBeyond(string email) => Record.Upper is { } upper && string.CompareOrdinal(email, upper) >= 0;

    /// <summary>Where the address is, or would be.</summary>
    private int PlaceOf(string email)
    {
        var (low, high) = (0, Record.Entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(Record.Entries[middle].Email, email) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
