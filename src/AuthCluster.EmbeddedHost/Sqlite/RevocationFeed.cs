using AuthCluster.Accounts;
using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>The revocation feed: a table that is written with the accounts, and its newest rows in memory.</summary>
internal sealed class RevocationFeed : IRevocationFeed
{
    private const int PageSize = 256;
    private const int InMemory = 1024;
    private const string Columns = "sequence, time, account, scope, session, secret, key, cause";

    private readonly RecentRevocations _recent = new(InMemory);
    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly int _kept;
    private FeedPlace? _newest;

    /// <param name="kept">Bound on the rows, some 100 bytes each. It is held by purges.</param>
    public RevocationFeed(Database database, TimeProvider time, int kept = 500_000)
    {
        (_database, _time, _kept) = (database, time, kept);
        database.Writer.Revoked = Publish;
    }

    public async Task<FeedPage> ReadAsync(string? after, TimeSpan patience, CancellationToken cancellation)
    {
        if (after is null)
            return await BeginAsync();
        if (FeedPlace.TryParse(after) is not { } place)
            return await BeginAsync() with { IsGap = true };
        var change = _recent.Change;
        var page = await ReadAsync(place);
        if (page.Events.Count > 0 || page.IsGap)
            return page;
        await change.WaitAsync(patience, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        return await ReadAsync(place);
    }

    public async Task PurgeAsync(DateTimeOffset before)
    {
        while (await _database.Writer.WriteAsync(new RevocationPurge(before, _kept)) == RevocationStatements.Portion)
        {
            // Saves get their turn in between.
        }
    }

    /// <summary>On the writer's thread, before what revoked is answered.</summary>
    private void Publish(StoredRevocations stored)
    {
        // A reader that this wakes must not take the place before for the newest.
        Volatile.Write(ref _newest, FeedPlace.Of(stored.First + stored.Notices.Count - 1, stored.Notices[^1]));
        _recent.Add(stored.First, stored.Notices);
    }

    private async Task<FeedPage> BeginAsync()
    {
        var now = _time.GetUtcNow();
        if (Volatile.Read(ref _newest) is null)
        {
            var stored = await _database.Readers.ReadAsync(reader => Newest(reader.Connection));
            Interlocked.CompareExchange(ref _newest, stored, null);
        }

        return new FeedPage([], Volatile.Read(ref _newest)!.ToString(), now);
    }

    private async Task<FeedPage> ReadAsync(FeedPlace place)
    {
        // Before the look: what was answered by then is there.
        var now = _time.GetUtcNow();
        if (place == Volatile.Read(ref _newest))
            return new FeedPage([], place.ToString(), now);
        // With the row of the place itself, which proves that it is a place of this feed.
        var rows = _recent.ReadAfter(place.Sequence - 1, PageSize + 1) is [var own, ..] recent && FeedPlace.Of(place.Sequence, own) == place
            ? recent.Skip(1).Select((notice, index) => (Sequence: place.Sequence + 1 + index, Notice: notice)).ToList()
            : await _database.Readers.ReadAsync(reader => TryRead(reader.Connection, place));
        if (rows is null)
            return await BeginAsync() with { IsGap = true };
        var events = rows.ConvertAll(row => new FeedEvent(FeedPlace.Of(row.Sequence, row.Notice).ToString(), row.Notice));
        return new FeedPage(events, events.Count == 0 ? place.ToString() : events[^1].Position, events.Count < PageSize ? now : null);
    }

    private static FeedPlace Newest(SqliteConnection connection)
    {
        using var command = connection.Prepare("SELECT sequence, time FROM revocations ORDER BY sequence DESC LIMIT 1");
        using var row = command.ExecuteReader();
        return row.Read() ? new FeedPlace(row.GetInt64(0), row.GetInt64(1)) : FeedPlace.Start;
    }

    /// <summary>The rows behind a place; <c>null</c> where that is none of this feed, or no more.</summary>
    private static List<(long Sequence, RevocationNotice Notice)>? TryRead(SqliteConnection connection, FeedPlace place)
    {
        using var command = connection.Prepare(
            $"SELECT {Columns} FROM revocations WHERE sequence >= $from ORDER BY sequence LIMIT $limit",
            ("$from", SqliteType.Integer),
            ("$limit", SqliteType.Integer));
        command.Bind(place.Sequence, PageSize + 1);
        using var row = command.ExecuteReader();
        var rows = new List<(long Sequence, RevocationNotice Notice)>();
        while (row.Read())
            rows.Add((row.GetInt64(0), Notice(row)));
        if (place == FeedPlace.Start)
            return rows.Count == 0 || rows[0].Sequence == 1 ? rows : null;
        return rows.Count > 0 && FeedPlace.Of(rows[0].Sequence, rows[0].Notice) == place ? rows[1..] : null;
    }

    private static RevocationNotice Notice(SqliteDataReader row)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1));
        return new RevocationNotice(IdIn(2), new Revocation(Enum.Parse<RevocationScope>(row.GetString(3)), row.GetString(7), time)
        {
            SessionId = IdIn(4),
            Secret = IdIn(5),
            KeyId = row.IsDBNull(6) ? null : row.GetString(6),
        });

        Guid? IdIn(int column) => row.IsDBNull(column) ? null : row.GetId(column);
    }
}

internal sealed class RevocationPurge(DateTimeOffset before, int kept) : Write<int>
{
    protected override int Run(WriterConnection connection) => connection.Revocations.Delete(before, kept);
}
