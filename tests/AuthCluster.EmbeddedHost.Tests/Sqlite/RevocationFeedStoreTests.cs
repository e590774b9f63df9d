using AuthCluster.Accounts;
using AuthCluster.EmbeddedHost.Sqlite;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests.Sqlite;

public sealed class RevocationFeedStoreTests : IDisposable
{
    private readonly TemporaryDatabase _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task What_is_in_memory_and_what_is_read_from_the_table_are_the_same()
    {
        var feed = NewFeed();
        var start = (await ReadAsync(feed, after: null)).Position;
        var saved = await RevokeAsync(5);

        var fromMemory = await ReadAsync(feed, start);
        var fromTable = await ReadAsync(NewFeed(), start);

        Assert.Equal(saved, fromMemory.Events.Select(told => told.Notice));
        Assert.Equal(fromMemory.Events, fromTable.Events);
        Assert.Equal(fromMemory.Events.Skip(3), (await ReadAsync(NewFeed(), fromMemory.Events[2].Position)).Events);
    }

    [Fact]
    public async Task A_save_that_is_refused_or_fails_tells_nothing()
    {
        var feed = NewFeed();
        var start = (await ReadAsync(feed, after: null)).Position;
        var account = Samples.NewAccount();
        await _files.Accounts.SaveAsync(Samples.Creation(account));

        Assert.Equal(SaveResult.VersionConflict, await _files.Accounts.SaveAsync(Revoking(account, 0, version: 7)));
        await _files.FillDiskAsync();
        // More than fits into the pages that are there.
        var many = Enumerable.Range(0, 500).Select(number => Sample(number, Samples.Noon));
        await Assert.ThrowsAsync<StateUnavailableException>(() => _files.Accounts.SaveAsync(Revoking(account, 1) with { Revocations = [.. many] }));
        Assert.Empty((await ReadAsync(feed, start)).Events);

        Assert.Equal(SaveResult.Saved, await _files.Accounts.SaveAsync(Revoking(account, 2)));
        Assert.Equal("cause 2", Assert.Single((await ReadAsync(feed, start)).Events).Notice.Revocation.Cause);
    }

    [Fact]
    public async Task A_reader_is_told_of_a_gap_where_what_it_missed_is_deleted_but_not_where_it_missed_nothing()
    {
        var feed = NewFeed();
        var start = (await ReadAsync(feed, after: null)).Position;
        await RevokeAsync(5);
        var positions = (await ReadAsync(feed, start)).Events.Select(told => told.Position).ToList();

        await feed.PurgeAsync(Samples.Noon.AddDays(1));

        Assert.Equal(1, _files.Count("revocations"));
        var after = NewFeed();
        Assert.True((await ReadAsync(after, start)).IsGap);
        Assert.True((await ReadAsync(after, positions[3])).IsGap);
        Assert.False((await ReadAsync(after, positions[4])).IsGap);
    }

    [Fact]
    public async Task A_purge_leaves_what_is_newer_up_to_its_bound()
    {
        var feed = new RevocationFeed(_files.Database, TimeProvider.System, kept: 3);
        await RevokeAsync(10);

        await feed.PurgeAsync(Samples.Noon.AddDays(-1));

        Assert.Equal(3, _files.Count("revocations"));
    }

    [Fact]
    public async Task A_place_of_a_database_that_was_replaced_by_an_older_one_is_none()
    {
        await RevokeAsync(3);
        var backup = _files.FilePath + ".backup";
        await _files.Database.Readers.ReadAsync(reader =>
        {
            using var copy = reader.Connection.Prepare("VACUUM INTO $path", ("$path", Microsoft.Data.Sqlite.SqliteType.Text));
            return copy.Run(backup);
        });
        await RevokeAsync(2);
        var place = (await ReadAsync(NewFeed(), after: null)).Position;
        _files.Close();
        File.Move(backup, _files.FilePath, overwrite: true);
        _files.Reopen();
        // Others take the places since.
        await RevokeAsync(4, Samples.Noon.AddHours(1));

        Assert.True((await ReadAsync(NewFeed(), place)).IsGap);
    }

    [Fact]
    public async Task A_long_feed_is_read_in_portions_and_is_complete_only_with_the_last()
    {
        var feed = NewFeed();
        var position = (await ReadAsync(feed, after: null)).Position;
        var saved = await RevokeAsync(600);

        var read = new List<RevocationNotice>();
        FeedPage page;
        do
        {
            page = await ReadAsync(feed, position);
            read.AddRange(page.Events.Select(told => told.Notice));
            position = page.Position;
            Assert.Equal(read.Count == 600, page.CompleteTo is not null);
        }
        while (page.CompleteTo is null);

        Assert.Equal(saved, read);
    }

    private static Task<FeedPage> ReadAsync(RevocationFeed feed, string? after) => feed.ReadAsync(after, TimeSpan.Zero, CancellationToken.None);

    private static AccountChange Revoking(AccountState account, int number, long version = 1, DateTimeOffset? from = null) =>
        Samples.Change(version, account, account) with { Revocations = [Sample(number, from ?? Samples.Noon)] };

    private static Revocation Sample(int number, DateTimeOffset from) =>
        new(RevocationScope.Session, $"cause {number}", from.AddSeconds(number)) { SessionId = Guid.NewGuid() };

    private RevocationFeed NewFeed() => new(_files.Database, TimeProvider.System);

    private async Task<List<RevocationNotice>> RevokeAsync(int count, DateTimeOffset? from = null)
    {
        var account = Samples.NewAccount();
        await _files.Accounts.SaveAsync(Samples.Creation(account));
        var changes = Enumerable.Range(0, count).Select(number => Revoking(account, number, number + 1, from)).ToList();
        foreach (var change in changes)
            Assert.Equal(SaveResult.Saved, await _files.Accounts.SaveAsync(change));
        return [.. changes.Select(change => new RevocationNotice(account.Id, change.Revocations[0]))];
    }
}
