using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AuthCluster.Accounts;
using AuthCluster.Emails;

namespace AuthCluster.Tests.Logins;

/// <summary>A host in memory that notes each wait for its store, in order. Accounts are out of memory until they are used.</summary>
internal sealed class FakeHost(TimeProvider time, AccountRules rules) : IAccounts, IEventLog
{
    private readonly TimeProvider _time = time;
    private readonly AccountRules _rules = rules;
    private readonly ConcurrentDictionary<Guid, AccountState> _stored = new();
    private readonly ConcurrentDictionary<Guid, FakeAccount> _inMemory = new();
    private readonly ConcurrentQueue<string> _waits = new();

    /// <summary>What was waited for since this was last asked.</summary>
    public string Waits
    {
        get
        {
            var waits = string.Join(", ", _waits);
            _waits.Clear();
            return waits;
        }
    }

    public ConcurrentQueue<ActivityEntry> Log { get; } = new();

    public bool LogIsBroken { get; set; }

    /// <summary>What happens elsewhere while an address is looked up.</summary>
    public Action? Meanwhile { get; set; }

    public void Put(AccountState state) => _stored[state.Id] = state;

    public AccountState Stored(Guid id) => _stored[id];

    public void ForgetAll() => _inMemory.Clear();

    public IAccount For(Guid id) => Account(id);

    public ValueTask<Standing?> StandingAsync(Guid id) => Account(id).Standing is { } standing
        ? ValueTask.FromResult<Standing?>(standing)
        : new ValueTask<Standing?>(Account(id).LoadStandingAsync());

    public async Task<Guid?> FindAsync(LoginName name)
    {
        await WaitAsync("find");
        Meanwhile?.Invoke();
        return HolderOf(name);
    }

    public Task PurgeAsync(DateTimeOffset before)
    {
        while (Log.TryPeek(out var oldest) && oldest.Time < before)
            Log.TryDequeue(out _);
        return Task.CompletedTask;
    }

    public async Task AppendAsync(ActivityEntry entry)
    {
        await WaitAsync("write");
        if (LogIsBroken)
            throw new StateUnavailableException("Broken.");
        Log.Enqueue(entry);
    }

    public Task RecordAsync(ActivityEntry entry) => AppendAsync(entry);

    public Task<LogPage> ReadAsync(ActivityQuery query) => throw new NotSupportedException();

    public Task<IReadOnlyList<ActivityEntry>> ReadAccountAsync(Guid accountId, long beforeNumber, int limit) => throw new NotSupportedException();

    private FakeAccount Account(Guid id) => _inMemory.GetOrAdd(id, new FakeAccount(this, id));

    private Guid? HolderOf(LoginName? name) => _stored.Values
        .Where(state => name is not null && (state.EmailKey == name || state.UsernameKey == name)).Select(state => (Guid?)state.Id).FirstOrDefault();

    private async Task WaitAsync(string what)
    {
        _waits.Enqueue(what);
        await Task.Yield();
    }

    [SuppressMessage("Design", "CA1001", Justification = "A semaphore has nothing to dispose of until its wait handle is asked for.")]
    private sealed class FakeAccount(FakeHost host, Guid id) : IAccount
    {
        private readonly SemaphoreSlim _turn = new(1, 1);
        private AccountState? _state;

        public Standing? Standing => _state is { } state ? AuthCluster.Accounts.Standing.Of(state) : null;

        public async Task<Standing?> LoadStandingAsync()
        {
            await _turn.WaitAsync();
            await LoadAsync();
            _turn.Release();
            return Standing;
        }

        public async Task<Outcome<TResult>> PerformAsync<TResult>(Act<TResult> act)
        {
            await _turn.WaitAsync();
            await LoadAsync();
            var decision = act.Decide(_state, new Moment(host._time.GetUtcNow(), Secret.New, host._rules));
            var outcome = decision.MustBeStored ? await SaveAsync(decision) : decision.Outcome;
            _state = decision.State;
            _turn.Release();
            return outcome;
        }

        private async Task LoadAsync()
        {
            if (_state is not null)
                return;
            await host.WaitAsync("load");
            _state = host._stored.GetValueOrDefault(id);
        }

        private async Task<Outcome<TResult>> SaveAsync<TResult>(Decision<TResult> decision)
        {
            if (_state is null && host.HolderOf(decision.State!.EmailKey) is not null)
            {
                await host.WaitAsync("save that is refused");
                return Refusal.EmailTaken;
            }

            await host.WaitAsync("write");
            host._stored[id] = decision.State!;
            return decision.Outcome;
        }
    }
}
