using AuthCluster.Accounts;
using AuthCluster.OrleansHost.Feed;
using AuthCluster.OrleansHost.Tests.Cluster;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Grains;

public sealed class NodeLogTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly MemoryRecords _records = new();

    private FeedRecords Feed => new(_records.Storage);

    public void Dispose() => _records.Dispose();

    [Fact]
    public async Task What_is_told_to_followers_is_what_is_stored()
    {
        var log = NewLog();
        var notices = Notices(1, 200);
        foreach (var chunk in notices.Chunk(7))
            await log.AppendAsync(chunk);

        var id = Assert.Single((await Feed.ReadLogsAsync()).Logs).Id;
        Assert.Equal(notices, (await Feed.ReadAsync(id, 0, 1000)).Notices);
        Assert.Equal(notices[50..], (await log.FollowAsync(id, 50, TimeSpan.Zero))!.Notices);
        Assert.Equal(notices[130..140], (await Feed.ReadAsync(id, 130, 10)).Notices);
        Assert.Equal(200, await Feed.FindLastAsync(id));
    }

    [Fact]
    public async Task Appends_at_the_same_time_are_all_there_once()
    {
        var log = NewLog();

        await Task.WhenAll(Notices(1, 300).Select(notice => log.AppendAsync([notice])));

        var id = Assert.Single((await Feed.ReadLogsAsync()).Logs).Id;
        Assert.Equal(Notices(1, 300), (await Feed.ReadAsync(id, 0, 1000)).Notices.OrderBy(notice => notice.Revocation.Time));
    }

    [Fact]
    public async Task An_append_that_may_have_been_stored_is_refused_and_told_all_the_same()
    {
        var log = NewLog();
        await log.AppendAsync(Notices(1, 3));
        _records.Store.After = operation => throw new StateUnavailableException($"The store is away after {operation.Act}.");
        await Assert.ThrowsAsync<StateUnavailableException>(() => log.AppendAsync(Notices(4, 1)));
        _records.Store.After = null;

        await log.AppendAsync(Notices(4, 2));

        var id = Assert.Single((await Feed.ReadLogsAsync()).Logs).Id;
        List<RevocationNotice> expected = [.. Notices(1, 4), .. Notices(4, 2)];
        Assert.Equal(expected, (await Feed.ReadAsync(id, 0, 100)).Notices);
        Assert.Equal(expected, (await log.FollowAsync(id, 0, TimeSpan.Zero))!.Notices);
    }

    [Fact]
    public async Task Once_another_node_has_ended_a_log_nothing_joins_it_and_its_silo_goes_on_in_another()
    {
        var log = NewLog();
        await log.AppendAsync(Notices(1, 64));
        var first = Assert.Single((await Feed.ReadLogsAsync()).Logs).Id;
        await Feed.EndAsync(first, last: 0);

        await log.AppendAsync(Notices(65, 2));

        var logs = await Feed.ReadLogsAsync();
        Assert.Equal(64, logs.Find(first)!.End);
        var second = Assert.Single(logs.Logs, other => other.Id != first);
        Assert.Null(second.End);
        var ended = await Feed.ReadAsync(first, 0, 100);
        Assert.True(ended.IsOver);
        Assert.Equal(Notices(1, 64), ended.Notices);
        Assert.Equal(Notices(65, 2), (await Feed.ReadAsync(second.Id, 0, 100)).Notices);
        Assert.Null(await log.FollowAsync(first, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_log_that_goes_on_in_another_begins_with_what_is_so_new_that_it_may_not_have_been_read()
    {
        var log = NewLog();
        var lately = new RevocationNotice(Guid.NewGuid(), new Revocation(RevocationScope.User, "just now", TimeProvider.System.GetUtcNow()));
        await log.AppendAsync([.. Notices(1, 5), lately]);
        var first = Assert.Single((await Feed.ReadLogsAsync()).Logs);
        await Feed.EndAsync(first.Id, last: 0);

        await log.AppendAsync(Notices(6, 1));

        var second = Assert.Single((await Feed.ReadLogsAsync()).Logs, other => other.Id != first.Id);
        Assert.Equal(Notices(6, 1).Prepend(lately), (await Feed.ReadAsync(second.Id, 0, 100)).Notices);
    }

    [Fact]
    public async Task A_purge_deletes_full_segments_that_are_old_and_logs_that_are_over()
    {
        var log = NewLog();
        await log.AppendAsync(Notices(1, 150));
        var id = Assert.Single((await Feed.ReadLogsAsync()).Logs).Id;

        await Feed.PurgeAsync(Noon.AddSeconds(100));
        Assert.Equal(65, (await Feed.ReadLogsAsync()).Find(id)!.First);
        Assert.True((await Feed.ReadAsync(id, 63, 100)).IsGap);
        Assert.Equal(Notices(65, 86), (await Feed.ReadAsync(id, 64, 100)).Notices);
        Assert.Equal(150, await Feed.FindLastAsync(id));

        await log.EndAsync();
        await NewLog().AppendAsync(Notices(1, 1));
        await Feed.PurgeAsync(Noon.AddDays(1));
        Assert.Null((await Feed.ReadLogsAsync()).Find(id));
        Assert.Equal(1, _records.Store.Count("feed-segment"));
    }

    private static List<RevocationNotice> Notices(int from, int count) =>
    [
        .. Enumerable.Range(from, count).Select(number => new RevocationNotice(
            new Guid(number, 0, 0, new byte[8]), new Revocation(RevocationScope.User, "test", Noon.AddSeconds(number)))),
    ];

    private NodeLog NewLog() => new(Feed, "S127.0.0.1:11111:1", TimeProvider.System);
}
