using AuthCluster.Accounts;
using AuthCluster.EmbeddedHost.Sqlite;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests.Sqlite;

public sealed class EventLogTests : IDisposable
{
    private readonly TemporaryDatabase _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task An_entry_is_read_as_it_was_logged()
    {
        var entry = Samples.Failure("Nobody@Example.com") with { SessionId = Guid.NewGuid(), DeviceName = "Phone" };
        await _files.Log.AppendAsync(entry);

        var logged = Assert.Single(await ReadAsync(new ActivityQuery { Limit = 10 }));

        Assert.Null(logged.AccountId);
        Assert.Equal(entry, logged.Entry);
    }

    [Fact]
    public async Task An_entry_of_which_little_is_known_is_read_as_it_was_logged()
    {
        var entry = new ActivityEntry { Time = Samples.Noon, Event = ActivityEvents.Login, Succeeded = false, Email = "no address" };
        await _files.Log.AppendAsync(entry);

        Assert.Equal(entry, Assert.Single(await ReadAsync(new ActivityQuery { Limit = 10 })).Entry);
    }

    [Fact]
    public async Task Each_filter_finds_what_it_asks_for_newest_first()
    {
        await TwoAccountsAndTwoStrangersAsync();

        Assert.Equal(["stranger 2", "bob 2", "bob 1"], await NamesAsync(new ActivityQuery { Email = "bob@example.com", Limit = 10 }));
        Assert.Equal(["stranger 2", "stranger 1"], await NamesAsync(new ActivityQuery { Address = "198.51.100.9", Limit = 10 }));
        Assert.Equal(["stranger 2", "stranger 1"], await NamesAsync(new ActivityQuery { Succeeded = false, Limit = 10 }));
        Assert.Equal(["bob 2", "bob 1", "ann 1"], await NamesAsync(new ActivityQuery { Succeeded = true, Limit = 10 }));
        Assert.Equal(["stranger 2", "bob 2"], await NamesAsync(new ActivityQuery { Since = Samples.Noon.AddMinutes(4), Limit = 10 }));
        Assert.Empty(await NamesAsync(new ActivityQuery { Since = Samples.Noon.AddMinutes(6), Limit = 10 }));
        Assert.Equal(["stranger 2", "bob 2"], await NamesAsync(new ActivityQuery { Limit = 2 }));
    }

    [Fact]
    public async Task Filters_are_all_met_at_once()
    {
        await TwoAccountsAndTwoStrangersAsync();
        var all = new ActivityQuery
        {
            Email = "bob@example.com",
            Address = "203.0.113.7",
            Succeeded = true,
            Since = Samples.Noon.AddMinutes(2),
            BeforeSequence = long.MaxValue,
            Limit = 10,
        };

        Assert.Equal(["bob 2", "bob 1"], await NamesAsync(all));
        Assert.Empty(await NamesAsync(all with { Succeeded = false }));
        Assert.Empty(await NamesAsync(all with { Address = "198.51.100.9" }));
    }

    [Fact]
    public async Task Both_cursors_lead_through_the_log_without_gap_or_repetition()
    {
        var account = await TwoAccountsAndTwoStrangersAsync();

        var newest = await _files.Log.ReadAsync(new ActivityQuery { Limit = 3 });
        var oldest = await _files.Log.ReadAsync(new ActivityQuery { BeforeSequence = newest.Before, Limit = 10 });
        Assert.Equal(["bob 1", "ann 1"], oldest.Entries.Select(logged => logged.Entry.DeviceName));
        Assert.Null(oldest.Before);
        Assert.Equal(["bob 1"], (await _files.Log.ReadAccountAsync(account, 2, 10)).Select(entry => entry.DeviceName));
    }

    [Fact]
    public async Task A_purge_deletes_what_is_older_however_much_it_is()
    {
        var old = EventStatements.Portion + 5;
        await AppendAsync(_files.Log, old, Samples.Noon.AddMilliseconds(-1));
        await _files.Log.AppendAsync(Samples.Failure("young@example.com"));

        await _files.Log.PurgeAsync(before: Samples.Noon);

        Assert.Equal("young@example.com", Assert.Single(await ReadAsync(new ActivityQuery { Limit = 10 })).Entry.Email);
    }

    [Fact]
    public async Task A_purge_of_everything_does_not_give_a_sequence_twice()
    {
        await _files.Log.AppendAsync(Samples.Failure("a@example.com"));
        var before = (await ReadAsync(new ActivityQuery { Limit = 1 }))[0].Sequence;

        await _files.Log.PurgeAsync(Samples.Noon.AddDays(1));
        await _files.Log.AppendAsync(Samples.Failure("b@example.com"));

        Assert.True((await ReadAsync(new ActivityQuery { Limit = 1 }))[0].Sequence > before);
    }

    [Fact]
    public async Task What_strangers_cause_is_bounded_and_costs_accounts_no_entry()
    {
        var state = Samples.NewAccount();
        await _files.Accounts.SaveAsync(Samples.Creation(state));
        var log = new EventLog(_files.Database, strangersKept: 10);

        await AppendAsync(log, (2 * EventStatements.Portion) + 500, Samples.Noon);
        Assert.InRange(_files.Count("events WHERE account IS NULL"), 10, EventStatements.Portion + 10);

        await log.PurgeAsync(Samples.Noon.AddDays(-1));
        Assert.Equal(10, _files.Count("events WHERE account IS NULL"));
        Assert.Single(await _files.Log.ReadAccountAsync(state.Id, long.MaxValue, 10));
    }

    [Fact]
    public async Task What_an_operator_did_is_kept_whatever_strangers_cause()
    {
        var log = new EventLog(_files.Database, strangersKept: 10);
        var entry = ActivityEntry.OfOperator(Samples.Noon, ActivityEvents.AccountsImported, "3 rows");
        await log.RecordAsync(entry);
        await AppendAsync(log, EventStatements.Portion + 500, Samples.Noon);
        await log.PurgeAsync(Samples.Noon.AddDays(-1));

        var logged = Assert.Single(await ReadAsync(new ActivityQuery { Succeeded = true, Limit = 10 }));

        Assert.Null(logged.AccountId);
        Assert.Equal(entry, logged.Entry);
    }

    [Fact]
    public async Task What_one_account_causes_is_bounded_and_costs_others_no_entry()
    {
        var other = await TwoAccountsAndTwoStrangersAsync();
        var state = Samples.NewAccount();
        const int caused = EventStatements.KeptOfAccount + (10 * EventStatements.TrimInterval);
        await _files.Accounts.SaveAsync(new AccountChange(
            state.Id, 0, null, state, [.. Enumerable.Range(1, caused).Select(number => new Logged(Named(state, number, "act", minute: 6)))]));

        var kept = await _files.Log.ReadAccountAsync(state.Id, long.MaxValue, caused);

        Assert.InRange(kept.Count, EventStatements.KeptOfAccount, EventStatements.KeptOfAccount + EventStatements.TrimInterval);
        Assert.Equal(Enumerable.Range(0, kept.Count).Select(age => (long)caused - age), kept.Select(entry => entry.Number));
        Assert.Equal(2, (await _files.Log.ReadAccountAsync(other, long.MaxValue, 10)).Count);
    }

    private async Task<Guid> TwoAccountsAndTwoStrangersAsync()
    {
        var (ann, bob) = (Samples.NewAccount("ann@example.com"), Samples.NewAccount("bob@example.com"));
        await SaveAsync(ann, 0, Named(ann, 1, "ann 1", minute: 1));
        await SaveAsync(bob, 0, Named(bob, 1, "bob 1", minute: 2));
        await _files.Log.AppendAsync(Samples.Failure("nobody@example.com", Samples.Noon.AddMinutes(3)) with { DeviceName = "stranger 1" });
        await SaveAsync(bob, 1, Named(bob, 2, "bob 2", minute: 4));
        await _files.Log.AppendAsync(Samples.Failure("Bob@example.com", Samples.Noon.AddMinutes(5)) with { DeviceName = "stranger 2" });
        return bob.Id;
    }

    private Task<SaveResult> SaveAsync(AccountState state, long version, ActivityEntry entry) =>
        _files.Accounts.SaveAsync(new AccountChange(state.Id, version, version == 0 ? null : state, state, [new Logged(entry)]));

    private static ActivityEntry Named(AccountState state, int number, string name, int minute) =>
        state.Activity[0] with { Number = number, DeviceName = name, Time = Samples.Noon.AddMinutes(minute) };

    private static Task AppendAsync(EventLog log, int count, DateTimeOffset time) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => log.AppendAsync(Samples.Failure($"{i}@example.com", time))));

    private async Task<IReadOnlyList<LoggedActivity>> ReadAsync(ActivityQuery query) => (await _files.Log.ReadAsync(query)).Entries;

    private async Task<IEnumerable<string?>> NamesAsync(ActivityQuery query) => (await ReadAsync(query)).Select(logged => logged.Entry.DeviceName);
}
