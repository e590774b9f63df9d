using AuthCluster.Accounts;
using AuthCluster.OrleansHost.EventLog;
using AuthCluster.OrleansHost.Tests.Cluster;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Grains;

/// <summary>One shard with a million entries of one day, two of which are rare.</summary>
public sealed class ShardOfAMillion : IAsyncLifetime, IDisposable
{
    public const int Count = 1_000_000;
    public const int OldRare = 1_234;
    public const int NewRare = 765_432;

    private static readonly DateTimeOffset Morning = new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);
    private static readonly GrainId Shard = GrainId.Create("log-shard", "20260304/7");

    private readonly MemoryRecords _records = new();

    internal RecordStore Store => _records.Store;

    /// <summary>The bytes of the longest record of each name.</summary>
    public Dictionary<string, int> Longest { get; } = [];

    public async Task InitializeAsync()
    {
        var segments = new LogSegments(_records.Storage, Shard, isBounded: false);
        await segments.LoadAsync();
        Store.After = operation =>
        {
            var kind = operation.Name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
            if (operation.Act == RecordAct.Write)
                Longest[kind] = Math.Max(Longest.GetValueOrDefault(kind), Store.LengthOf(operation.Name, operation.Grain));
        };
        foreach (var portion in Enumerable.Range(0, Count).Chunk(LogSegments.SegmentSize))
            await segments.AppendAsync([.. portion.Select(Activity)]);
        Store.After = null;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _records.Dispose();

    internal async Task<LogSegments> ReadAgainAsync()
    {
        var segments = new LogSegments(_records.Storage, Shard, isBounded: false);
        await segments.LoadAsync();
        return segments;
    }

    private static LoggedActivity Activity(int index)
    {
        var account = new Guid(index % 50_000, 0, 0, new byte[8]);
        var isRare = index is OldRare or NewRare;
        var entry = new ActivityEntry
        {
            Number = (index / 50_000) + 1,
            Time = Morning.AddMilliseconds(index * 80),
            Event = ActivityEvents.Login,
            Succeeded = true,
            Email = isRare ? "rare@example.com" : $"user{index % 50_000}@example.com",
            Address = isRare ? "192.0.2.77" : $"10.{index % 200}.{index / 7 % 250}.{index % 250}",
            UserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        };
        return new LoggedActivity(LogSequence.Of(account, entry), account, entry);
    }
}

public sealed class LogAtScaleTests(ShardOfAMillion shard) : IClassFixture<ShardOfAMillion>
{
    /// <summary>The bound of a row in the storage that has the smallest (Azure tables: 64 KiB a property, 1 MiB a row), with room.</summary>
    private const int RecordBound = 128 * 1024;

    [Fact]
    public void No_record_grows_with_the_log() => Assert.All(shard.Longest, record => Assert.InRange(record.Value, 1, RecordBound));

    [Fact]
    public Task What_is_rare_is_found_by_its_e_mail_address() => FindsTheRareAsync(new ActivityQuery { Email = "rare@example.com", Limit = 50 });

    [Fact]
    public Task What_is_rare_is_found_by_its_network_address() => FindsTheRareAsync(new ActivityQuery { Address = "192.0.2.77", Limit = 50 });

    [Fact]
    public async Task Every_call_reads_a_bounded_number_of_records()
    {
        var (_, mostReads) = await ReadAllAsync(new ActivityQuery { Succeeded = false, Limit = 50 });

        Assert.InRange(mostReads, 1, LogSearch.ReadLimit);
    }

    [Fact]
    public async Task The_newest_page_is_read_from_the_newest_records()
    {
        var segments = await shard.ReadAgainAsync();
        var reads = CountReads();

        var page = await segments.ReadAsync(new ActivityQuery { Limit = 200 });

        Assert.Equal(200, page.Entries.Length);
        Assert.InRange(reads(), 0, 3);
    }

    private async Task FindsTheRareAsync(ActivityQuery query)
    {
        var (found, mostReads) = await ReadAllAsync(query);

        Assert.Equal(2, found.Count);
        Assert.All(found, activity => Assert.Equal("192.0.2.77", activity.Entry.Address));
        Assert.True(found[0].Sequence > found[1].Sequence);
        Assert.InRange(mostReads, 1, LogSearch.ReadLimit);
    }

    private async Task<(List<LoggedActivity> Found, int MostReads)> ReadAllAsync(ActivityQuery query)
    {
        var segments = await shard.ReadAgainAsync();
        var found = new List<LoggedActivity>();
        var mostReads = 0;
        while (true)
        {
            var reads = CountReads();
            var page = await segments.ReadAsync(query);
            mostReads = Math.Max(mostReads, reads());
            found.AddRange(page.Entries);
            if (page.Unread is not { } unread)
                return (found, mostReads);
            query = query with { BeforeSequence = unread + 1 };
        }
    }

    private Func<int> CountReads()
    {
        var reads = 0;
        shard.Store.Before = _ => reads++;
        return () => reads;
    }
}
