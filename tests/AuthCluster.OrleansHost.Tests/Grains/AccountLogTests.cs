using AuthCluster.Accounts;
using AuthCluster.OrleansHost.EventLog;
using AuthCluster.OrleansHost.Tests.Cluster;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Grains;

public sealed class AccountLogTests : IDisposable
{
    private static readonly AccountRules Rules = new();
    private static readonly Guid Account = Guid.NewGuid();

    private readonly MemoryRecords _records = new();

    private AccountLog Log => new(_records.Storage, Account);

    public void Dispose() => _records.Dispose();

    [Fact]
    public async Task A_page_is_what_lies_below_a_number_newest_first()
    {
        await Log.AddAsync(Entries(1, 100));

        Assert.Equal([60, 59, 58], await NumbersAsync(61, 3));
        Assert.Equal([2, 1], await NumbersAsync(3, 50));
        Assert.Empty(await NumbersAsync(1, 50));
        Assert.Empty(await NumbersAsync(5_000, 50));
    }

    [Fact]
    public async Task The_longest_page_costs_fourteen_reads_however_long_the_log_is()
    {
        await Log.AddAsync(Entries(1, 3_000));
        var reads = 0;
        _records.Store.Before = operation => reads += operation.Act == RecordAct.Read ? 1 : 0;

        Assert.Equal(200, (await NumbersAsync(2_001, 200)).Count());

        Assert.InRange(reads, 1, 14);
    }

    [Fact]
    public async Task What_is_added_again_is_there_once()
    {
        await Log.AddAsync(Entries(1, 40));
        await Log.AddAsync(Entries(20, 60));

        Assert.Equal(Enumerable.Range(1, 60).Reverse().Select(number => (long)number), await NumbersAsync(61, 100));
    }

    [Fact]
    public async Task Past_the_bound_the_oldest_entries_go()
    {
        const int last = AccountLog.Kept + 500;
        await Log.AddAsync(Entries(1, last));

        Assert.Empty(await NumbersAsync(400, 200));
        Assert.Equal(200, (await NumbersAsync(last - AccountLog.Kept + 201, 200)).Count());
        Assert.InRange(_records.Store.Count("log-account-"), 1, (AccountLog.Kept / AccountLog.ChunkSize) + 2);
    }

    [Fact]
    public async Task Full_records_below_a_number_are_forgotten()
    {
        await Log.AddAsync(Entries(1, 100));

        await Log.ForgetAsync(through: 50);

        Assert.Equal(Enumerable.Range(49, 52).Reverse().Select(number => (long)number), await NumbersAsync(101, 200));
    }

    [Fact]
    public async Task Entries_are_filed_sixteen_at_a_time()
    {
        var (filing, state) = (Filing(), State(0));
        for (var number = 1; number <= 100; number++)
            state = await FollowAsync(filing, state, number);

        Assert.Equal(96, filing.Through);
        Assert.Equal(Enumerable.Range(1, 96).Reverse().Select(number => (long)number), await NumbersAsync(101, 200));
    }

    [Fact]
    public async Task What_the_log_did_not_take_is_filed_with_later_entries()
    {
        var (filing, state) = (Filing(), State(0));
        _records.Store.Before = _ => throw new StateUnavailableException("The store of this test is out of order.");
        for (var number = 1; number <= 40; number++)
            state = await FollowAsync(filing, state, number);
        _records.Store.Before = null;
        Assert.Equal(0, filing.Through);

        for (var number = 41; number <= 48; number++)
            state = await FollowAsync(filing, state, number);

        Assert.Equal(Enumerable.Range(1, 48).Reverse().Select(number => (long)number), await NumbersAsync(49, 200));
    }

    [Fact]
    public async Task A_restart_files_again_what_its_record_does_not_know_to_be_filed()
    {
        var (filing, state) = (Filing(), State(0));
        for (var number = 1; number <= 16; number++)
            state = await FollowAsync(filing, state, number);
        var restarted = Filing();
        restarted.Restart(through: 0);
        for (var number = 17; number <= 32; number++)
            state = await FollowAsync(restarted, state, number);

        Assert.Equal(Enumerable.Range(1, 32).Reverse().Select(number => (long)number), await NumbersAsync(33, 200));
    }

    [Fact]
    public async Task A_deletion_forgets_all()
    {
        var (filing, state) = (Filing(), State(0));
        for (var number = 1; number <= 70; number++)
            state = await FollowAsync(filing, state, number);

        await filing.FollowAsync(new AccountChange(Account, 70, state, null, []));

        Assert.Equal(0, _records.Store.Count("log-account-"));
    }

    private AccountFiling Filing() => new(Log, Rules, TimeProvider.System);

    private static async Task<AccountState> FollowAsync(AccountFiling filing, AccountState before, int number)
    {
        var after = State(number);
        await filing.FollowAsync(new AccountChange(Account, number - 1, before, after, [new Logged(Entry(number))]));
        return after;
    }

    /// <summary>An account after so many entries, of which it remembers the newest.</summary>
    private static AccountState State(int last) => new()
    {
        Id = Account,
        Email = "ann@example.com",
        PasswordHash = "$made-up$hash",
        AccessSecret = Guid.Empty,
        RefreshSecret = Guid.Empty,
        Joined = DateTimeOffset.UnixEpoch,
        Activity = [.. Entries(Math.Max(1, last - Rules.ActivityKept + 1), last)],
    };

    private static IEnumerable<ActivityEntry> Entries(int first, int last) => Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(Entry);

    private static ActivityEntry Entry(int number) => new()
    {
        Number = number,
        Time = DateTimeOffset.UnixEpoch.AddSeconds(number),
        Event = ActivityEvents.Login,
        Succeeded = true,
    };

    private async Task<IEnumerable<long>> NumbersAsync(long before, int limit) => (await Log.ReadAsync(before, limit)).Select(entry => entry.Number);
}
