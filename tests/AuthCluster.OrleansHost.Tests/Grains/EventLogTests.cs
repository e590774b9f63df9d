using AuthCluster.Accounts;
using AuthCluster.OrleansHost.EventLog;
using AuthCluster.OrleansHost.Tests.Cluster;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Grains;

public sealed class EventLogTests(GrainFixture fixture) : GrainSuite(fixture)
{
    private static readonly DateTimeOffset LongAgo = new(2001, 2, 3, 23, 59, 59, TimeSpan.Zero);

    private ClusterEventLog Log => new(Cluster, TimeProvider.System);

    [Fact]
    public async Task What_happened_to_an_account_is_logged_when_the_act_is_answered()
    {
        var id = await RegisterAsync();
        await RevokeAsync(id);

        var logged = await OfAccountAsync(id);

        Assert.Equal([ActivityEvents.TokensRevoked, ActivityEvents.Registered], logged.Select(activity => activity.Entry.Event));
        Assert.Equal([2, 1], logged.Select(activity => activity.Entry.Number));
    }

    [Fact]
    public async Task What_the_log_did_not_take_it_is_given_with_the_next_act()
    {
        var id = await RegisterAsync();
        Records.Before = operation =>
        {
            if (operation is { Act: RecordAct.Write } && operation.Name.StartsWith("log-", StringComparison.Ordinal))
                throw OutOfOrder();
        };
        Assert.Null((await RevokeAsync(id)).Refusal);
        Assert.Single(await OfAccountAsync(id));
        Records.Before = null;

        Assert.Null((await RevokeAsync(id)).Refusal);

        Assert.Equal([3, 2, 1], await NumbersAsync(id));
    }

    [Fact]
    public async Task What_is_sent_again_after_a_crash_is_logged_once()
    {
        var id = await RegisterAsync();
        await RevokeAsync(id);
        Assert.NotEmpty(Stored(id).Outbox);
        await ForgetAllAsync();

        await Accounts.StandingAsync(id);

        Assert.Equal([2, 1], await NumbersAsync(id));
    }

    [Fact]
    public async Task A_shard_goes_on_in_segments_and_is_read_as_one()
    {
        var account = Guid.NewGuid();
        var shard = Cluster.GetGrain<IEventLogShardGrain>(LogShardKey.Of(account, LongAgo).ToString());
        const int count = (LogSegments.SegmentSize * 2) + 10;
        var entries = Enumerable.Range(1, count).Select(number => Activity(account, number, LongAgo.AddMilliseconds(number - 2000))).ToList();
        await Task.WhenAll(entries.Chunk(7).Select(chunk => shard.AppendAsync([.. chunk])));
        // All of it again, to an activation that has only read the store.
        await ForgetAllAsync();
        await Task.WhenAll(entries.Chunk(50).Select(chunk => shard.AppendAsync([.. chunk])));

        Assert.Equal(Enumerable.Range(1, count).Reverse().Select(number => (long)number), await NumbersAsync(account));
        var page = await Log.ReadAsync(new ActivityQuery { BeforeSequence = entries[149].Sequence, Limit = 3 });
        Assert.Equal([149, 148, 147], page.Entries.Select(activity => activity.Entry.Number));
        page = await Log.ReadAsync(new ActivityQuery { BeforeSequence = page.Before, Limit = 2 });
        Assert.Equal([146, 145], page.Entries.Select(activity => activity.Entry.Number));
    }

    [Fact]
    public async Task Failures_that_belong_to_nobody_are_bounded()
    {
        var key = new LogShardKey(DateOnly.FromDateTime(LongAgo.UtcDateTime), LogShardKey.AccountShards);
        var shard = Cluster.GetGrain<IEventLogShardGrain>(key.ToString());
        const int kept = LogSegments.SegmentSize * (LogSegments.SegmentLimit + 1);
        const int sent = kept + (LogSegments.SegmentSize * 2);
        foreach (var chunk in Enumerable.Range(1, sent).Chunk(1000))
            await shard.AppendAsync([.. chunk.Select(number => Activity(account: null, number, LongAgo.AddMilliseconds(number - 86_000_000)))]);

        var read = new List<LoggedActivity>();
        var query = new ActivityQuery { Limit = sent };
        while (await shard.ReadAsync(query) is var page)
        {
            read.AddRange(page.Entries);
            if (page.Unread is not { } unread)
                break;
            query = query with { BeforeSequence = unread + 1 };
        }

        Assert.Equal(Enumerable.Range(1, sent).Reverse().Take(kept).Select(number => (long)number), read.Select(activity => activity.Entry.Number));
    }

    [Fact]
    public async Task Days_that_are_over_for_long_are_deleted()
    {
        var account = Guid.NewGuid();
        var time = LongAgo.AddYears(-1);
        await Cluster.GetGrain<IEventLogShardGrain>(LogShardKey.Of(account, time).ToString()).AppendAsync([Activity(account, 1, time)]);
        Assert.Equal([1], await NumbersAsync(account));

        await Log.PurgeAsync(time.AddDays(1));

        Assert.Empty(await NumbersAsync(account));
        Assert.DoesNotContain(await Cluster.GetGrain<IEventLogDaysGrain>(0).ListAsync(), day => day.Day == LogShardKey.DayOf(time));
    }

    [Fact]
    public void Entries_of_an_account_keep_their_order_within_a_millisecond()
    {
        var account = Guid.NewGuid();
        var sequences = Enumerable.Range(1, 20).Select(number => Activity(account, number, LongAgo).Sequence).ToList();

        Assert.Equal(sequences.Order(), sequences);
        Assert.All(sequences, sequence => Assert.Equal(LongAgo, LogSequence.TimeOf(sequence)));
    }

    private static LoggedActivity Activity(Guid? account, long number, DateTimeOffset time)
    {
        var entry = new ActivityEntry { Number = number, Time = time, Event = ActivityEvents.Login, Succeeded = false };
        return new LoggedActivity(account is { } id ? LogSequence.Of(id, entry) : LogSequence.OfNoAccount(entry), account, entry);
    }

    private async Task<IEnumerable<long>> NumbersAsync(Guid account) =>
        (await OfAccountAsync(account)).Select(activity => activity.Entry.Number);

    /// <summary>Page by page to the end, since only the log of all is meant.</summary>
    private async Task<List<LoggedActivity>> OfAccountAsync(Guid account)
    {
        var found = new List<LoggedActivity>();
        long? before = null;
        do
        {
            var page = await Log.ReadAsync(new ActivityQuery { BeforeSequence = before, Limit = 1000 });
            found.AddRange(page.Entries.Where(activity => activity.AccountId == account));
            before = page.Before;
        }
        while (before is not null);
        return found;
    }
}
