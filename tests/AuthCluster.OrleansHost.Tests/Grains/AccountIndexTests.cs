using System.Globalization;
using AuthCluster.OrleansHost.AccountIndex;
using AuthCluster.OrleansHost.Tests.Cluster;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Grains;

/// <summary>The index by itself, on three silos.</summary>
public sealed class AccountIndexTests : IAsyncLifetime
{
    private TestSilos _silos = null!;

    private ClusterAccountIndex Index => new(_silos.Cluster.Client);

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync();

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    [Fact]
    public async Task It_keeps_its_order_while_it_grows_from_many_sides_and_shrinks()
    {
        // Some leaves' worth, added by sixteen at the same time in no order.
        var accounts = Enumerable.Range(0, 5 * IndexLeafGrain.Limit)
            .Select(i => new IndexedAccount(string.Create(CultureInfo.InvariantCulture, $"user{i * 7919 % 100003:D6}@example.com"), Guid.NewGuid())).ToList();
        await Parallel.ForEachAsync(
            accounts, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (account, _) => await Index.AddAsync(account.Name, account.Id));
        var expected = accounts.OrderBy(account => account.Name, StringComparer.Ordinal).ToList();

        Assert.Equal(expected, await ListAllAsync("", limit: 170));
        Assert.Equal(expected.Where(account => account.Name.StartsWith("user04", StringComparison.Ordinal)), await ListAllAsync("user04", limit: 9));
        Assert.Empty(await ListAllAsync("zzz", limit: 10));

        foreach (var account in expected.Where((_, i) => i % 3 == 0))
            await Index.RemoveAsync(account.Name, account.Id);
        await Index.RemoveAsync(expected[1].Name, Guid.NewGuid());
        await Index.AddAsync(expected[1].Name, expected[1].Id);

        Assert.Equal(expected.Where((_, i) => i % 3 != 0), await ListAllAsync("", limit: 200));
    }

    private async Task<List<IndexedAccount>> ListAllAsync(string prefix, int limit)
    {
        var all = new List<IndexedAccount>();
        while (true)
        {
            var page = await Index.ListAsync(new IndexQuery(prefix, all.Count == 0 ? "" : all[^1].Name, limit));
            all.AddRange(page);
            if (page.Count < limit)
                return all;
        }
    }
}
