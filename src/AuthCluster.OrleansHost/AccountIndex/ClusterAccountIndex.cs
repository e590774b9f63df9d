namespace AuthCluster.OrleansHost.AccountIndex;

/// <summary>The accounts in the order of their addresses, or user names where they have none: a root that knows the leaves, and leaves that are split as they grow.</summary>
internal sealed class ClusterAccountIndex(IGrainFactory grains) : IAccountIndex
{
    /// <summary>A leaf that is split while it is asked for sends the caller back to the root.</summary>
    private const int Tries = 5;

    private IIndexRootGrain Root => grains.GetGrain<IIndexRootGrain>(0);

    public async Task<IReadOnlyList<IndexedAccount>> ListAsync(IndexQuery query)
    {
        var found = new List<IndexedAccount>();
        var from = string.CompareOrdinal(query.After, query.Prefix) > 0 ? query.After : query.Prefix;
        while (from is not null && found.Count < query.Limit)
        {
            var page = await (await LeafOfAsync(from)).ReadAsync(query with { Limit = query.Limit - found.Count });
            found.AddRange(page.Entries.Select(entry => new IndexedAccount(entry.Email, entry.Account)));
            // The next leaf begins where this one ends; past the prefix there is nothing.
            from = page.Upper is { } upper && IsWithin(upper, query.Prefix) ? upper : null;
        }

        return found;
    }

    public Task AddAsync(string email, Guid account) => ChangeAsync(email, leaf => leaf.AddAsync(email, account));

    public Task RemoveAsync(string email, Guid account) => ChangeAsync(email, leaf => leaf.RemoveAsync(email, account));

    private static bool IsWithin(string upper, string prefix) =>
        string.CompareOrdinal(upper, prefix) <= 0 || upper.StartsWith(prefix, StringComparison.Ordinal);

    private async Task ChangeAsync(string email, Func<IIndexLeafGrain, Task<bool>> change)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await change(await LeafOfAsync(email)))
                return;
        }

        throw new StateUnavailableException("The index is being split again and again.");
    }

    private async Task<IIndexLeafGrain> LeafOfAsync(string email) => grains.GetGrain<IIndexLeafGrain>(await Root.FindAsync(email));
}
