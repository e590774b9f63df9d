using System.Collections.Immutable;
using System.Globalization;
using Orleans.Storage;

namespace AuthCluster.OrleansHost.EventLog;

/// <summary>
/// The records of one shard: numbered segments, of which the last one is open, and a list of the closed ones. A write stores the open
/// segment anew, so a segment is kept short: some 30 KB mostly, 130 KB at worst.
/// </summary>
/// <param name="isBounded">Whether the oldest segments give way past <see cref="SegmentLimit"/>.</param>
internal sealed class LogSegments(IGrainStorage storage, GrainId shard, bool isBounded)
{
    public const int SegmentSize = 128;
    public const int SegmentLimit = 64;

    private const string ListName = "log-segments";

    private readonly GrainState<LogSegmentList> _list = new(new LogSegmentList());
    private readonly GrainState<LogSegment> _open = new(new LogSegment());

    public bool IsEmpty => List.Count == 0 && Open.Entries.IsEmpty;

    private LogSegmentList List => _list.State!;

    private LogSegment Open => _open.State!;

    public async Task LoadAsync()
    {
        await storage.ReadStateAsync(ListName, shard, _list);
        await storage.ReadStateAsync(SegmentName(List.OpenSegment), shard, _open);
    }

    public async Task AppendAsync(IReadOnlyCollection<LoggedActivity> entries)
    {
        var added = new List<LoggedActivity>();
        foreach (var entry in entries.Distinct())
        {
            if (!await ContainsAsync(entry))
                added.Add(entry);
        }

        foreach (var chunk in InSegments(added))
        {
            if (Open.Entries.Length == SegmentSize)
                await CloseAsync();
            _open.State = new LogSegment { Entries = Open.Entries.AddRange(chunk) };
            await storage.WriteStateAsync(SegmentName(List.OpenSegment), shard, _open);
        }
    }

    /// <summary>The newest entries that match, out of a bounded number of segments.</summary>
    public Task<LogShardPage> ReadAsync(ActivityQuery query) => new LogSearch(query, List, Open.Entries, ReadPageAsync, ReadSegmentAsync).RunAsync();

    /// <summary>Deletes everything; what there was of each account, by its highest number.</summary>
    public async Task<IReadOnlyDictionary<Guid, long>> ClearAsync()
    {
        var accounts = new Dictionary<Guid, long>();
        Note(Open.Entries);
        // The list goes last: as long as it is there, a purge that broke off can be repeated.
        for (var number = List.First; number < List.OpenSegment; number++)
            Note((await DeleteAsync<LogSegment>(SegmentName(number))).Entries);
        for (var number = List.FirstPage; number < List.NextPage; number++)
            await DeleteAsync<LogSegmentPage>(PageName(number));
        await storage.ClearStateAsync(SegmentName(List.OpenSegment), shard, _open);
        await storage.ClearStateAsync(ListName, shard, _list);
        return accounts;

        void Note(ImmutableArray<LoggedActivity> entries)
        {
            foreach (var entry in entries)
            {
                if (entry.AccountId is { } account)
                    accounts[account] = Math.Max(accounts.GetValueOrDefault(account), entry.Entry.Number);
            }
        }
    }

    private async Task CloseAsync()
    {
        var (list, page) = List.With(LogSegmentRange.Of(Open.Entries));
        if (page is { } segments)
            await WritePageAsync(List.NextPage, segments);
        var first = isBounded ? Math.Max(list.First, list.OpenSegment - SegmentLimit) : list.First;
        for (var number = list.First; number < first; number++)
            await DeleteAsync<LogSegment>(SegmentName(number));
        _list.State = list.From(first);
        await storage.WriteStateAsync(ListName, shard, _list);
        for (var number = list.FirstPage; number < List.FirstPage; number++)
            await DeleteAsync<LogSegmentPage>(PageName(number));
        (_open.State, _open.ETag, _open.RecordExists) = (new LogSegment(), null!, false);
    }

    /// <summary>A page that was stored before a crash, and is not in the list, is the same as this one.</summary>
    private async Task WritePageAsync(int number, ImmutableArray<LogSegmentRange> segments)
    {
        var page = await LoadAsync<LogSegmentPage>(PageName(number));
        page.State = new LogSegmentPage { Segments = segments };
        await storage.WriteStateAsync(PageName(number), shard, page);
    }

    private async Task<bool> ContainsAsync(LoggedActivity entry)
    {
        if (Open.Entries.Contains(entry) || await ContainsAsync(entry, List.NextPage, List.Closed))
            return true;
        for (var page = List.Pages.Length - 1; page >= 0; page--)
        {
            if (List.Pages[page].Covers(entry.Sequence) && await ContainsAsync(entry, List.FirstPage + page, await ReadPageAsync(List.FirstPage + page)))
                return true;
        }

        return false;
    }

    private async Task<bool> ContainsAsync(LoggedActivity entry, int page, ImmutableArray<LogSegmentRange> segments)
    {
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Covers(entry.Sequence) && (await ReadSegmentAsync((page * LogSegmentList.PageSize) + i)).Contains(entry))
                return true;
        }

        return false;
    }

    private IEnumerable<LoggedActivity[]> InSegments(List<LoggedActivity> added)
    {
        var room = SegmentSize - Open.Entries.Length;
        return room == 0 ? added.Chunk(SegmentSize) : added.Take(room).Chunk(room).Concat(added.Skip(room).Chunk(SegmentSize));
    }

    private async Task<ImmutableArray<LogSegmentRange>> ReadPageAsync(int number) => (await LoadAsync<LogSegmentPage>(PageName(number))).State!.Segments;

    private async Task<ImmutableArray<LoggedActivity>> ReadSegmentAsync(int number) => (await LoadAsync<LogSegment>(SegmentName(number))).State!.Entries;

    private async Task<GrainState<T>> LoadAsync<T>(string name)
        where T : new()
    {
        var stored = new GrainState<T>(new T());
        await storage.ReadStateAsync(name, shard, stored);
        return stored;
    }

    private async Task<T> DeleteAsync<T>(string name)
        where T : new()
    {
        var stored = await LoadAsync<T>(name);
        var was = stored.State!;
        if (stored.RecordExists)
            await storage.ClearStateAsync(name, shard, stored);
        return was;
    }

    private static string SegmentName(int number) => string.Create(CultureInfo.InvariantCulture, $"log-segment-{number}");

    private static string PageName(int number) => string.Create(CultureInfo.InvariantCulture, $"log-page-{number}");
}
