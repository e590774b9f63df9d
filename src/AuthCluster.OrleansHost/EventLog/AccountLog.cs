using System.Collections.Immutable;
using System.Globalization;
using AuthCluster.Accounts;
using Orleans.Storage;

namespace AuthCluster.OrleansHost.EventLog;

/// <summary>
/// What happened to one account, beyond what it remembers itself: records of sixteen entries each, found by number. A page of two hundred entries is
/// fourteen records, however much is in the log of all.
/// </summary>
internal sealed class AccountLog(IGrainStorage storage, Guid account)
{
    public const int ChunkSize = 16;

    /// <summary>Entries of one account; a user can cause any number of them. The oldest go.</summary>
    public const int Kept = 5_000;

    /// <summary>In records.</summary>
    private const int LongestGap = 4;

    private readonly GrainId _id = GrainId.Create("account-log", account.ToString("N"));

    /// <summary>Adds entries; those that are there already have their place.</summary>
    public async Task AddAsync(IEnumerable<ActivityEntry> entries)
    {
        foreach (var chunk in entries.GroupBy(entry => ChunkOf(entry.Number)).OrderBy(chunk => chunk.Key))
        {
            var stored = await LoadAsync(chunk.Key);
            var known = stored.State!.Entries.Select(entry => entry.Number).ToHashSet();
            ImmutableArray<ActivityEntry> all = [.. stored.State.Entries.Concat(chunk.Where(entry => !known.Contains(entry.Number))).OrderBy(entry => entry.Number)];
            stored.State = new AccountLogChunk { Entries = all };
            await storage.WriteStateAsync(NameOf(chunk.Key), _id, stored);
            await DeleteAsync(chunk.Key - (Kept / ChunkSize) - 1);
        }
    }

    /// <summary>Newest first.</summary>
    public async Task<ImmutableArray<ActivityEntry>> ReadAsync(long beforeNumber, int limit)
    {
        var newest = ChunkOf(beforeNumber - 1);
        var oldest = Math.Max(0, newest - ((limit + ChunkSize - 1) / ChunkSize));
        var chunks = await Task.WhenAll(Chunks(oldest, newest).Select(LoadAsync));
        return
        [
            .. chunks.SelectMany(chunk => chunk.State!.Entries)
                .Where(entry => entry.Number < beforeNumber)
                .OrderByDescending(entry => entry.Number)
                .Take(limit),
        ];
    }

    /// <summary>Deletes the records that have no entry past this number.</summary>
    public Task ForgetAsync(long through) => DeleteFromAsync((through / ChunkSize) - 1);

    /// <summary>Deletes everything.</summary>
    /// <param name="last">The number of the account's last entry.</param>
    public Task ForgetAllAsync(long last) => DeleteFromAsync(ChunkOf(last));

    /// <summary>What is older went before it: where records are missing is the end, but for gaps that a log out of reach has left.</summary>
    private async Task DeleteFromAsync(long newest)
    {
        var missing = 0;
        for (var chunk = newest; chunk >= 0 && missing < LongestGap; chunk--)
            missing = await DeleteAsync(chunk) ? 0 : missing + 1;
    }

    private static long ChunkOf(long number) => number < 1 ? -1 : (number - 1) / ChunkSize;

    private static IEnumerable<long> Chunks(long oldest, long newest)
    {
        for (var chunk = newest; chunk >= oldest; chunk--)
            yield return chunk;
    }

    private async Task<bool> DeleteAsync(long chunk)
    {
        if (chunk < 0)
            return false;
        var stored = await LoadAsync(chunk);
        if (!stored.RecordExists)
            return false;
        await storage.ClearStateAsync(NameOf(chunk), _id, stored);
        return true;
    }

    private async Task<GrainState<AccountLogChunk>> LoadAsync(long chunk)
    {
        var stored = new GrainState<AccountLogChunk>(new AccountLogChunk());
        await storage.ReadStateAsync(NameOf(chunk), _id, stored);
        return stored;
    }

    private static string NameOf(long chunk) => string.Create(CultureInfo.InvariantCulture, $"log-account-{chunk}");
}

[GenerateSerializer, Alias("authcluster.account-log-chunk")]
internal sealed class AccountLogChunk
{
    /// <summary>In the order of their numbers.</summary>
    [Id(0)]
    public ImmutableArray<ActivityEntry> Entries { get; init; } = [];
}
