using System.Collections.Concurrent;
using AuthCluster.Accounts;
using AuthCluster.Emails;

namespace AuthCluster.EmbeddedHost.Actors;

/// <summary>The accounts as objects of this process: one actor for each account in use.</summary>
internal sealed class EmbeddedAccounts : IAccounts, IDisposable
{
    /// <summary>Ids in each generation of those that have no account.</summary>
    private const int AbsentKept = 10_000;

    private readonly ConcurrentDictionary<Guid, AccountActor> _actors = new();

    // A token of a deleted account, asked about again and again, costs no read of the store each time.
    private readonly TwoGenerations<ConcurrentDictionary<Guid, bool>> _absent = new(() => new ConcurrentDictionary<Guid, bool>());
    private readonly IAccountStore _store;
    private readonly AccountRules _rules;
    private readonly TimeProvider _time;
    private readonly TimeSpan _idleTime;
    private readonly ITimer _sweeps;
    private long _coarseNow;

    /// <param name="idleTime">How long an account stays in memory after its last use, to within a tenth; ten minutes unless told.</param>
    public EmbeddedAccounts(IAccountStore store, AccountRules rules, TimeProvider time, TimeSpan? idleTime = null)
    {
        _store = store;
        _rules = rules;
        _time = time;
        _idleTime = idleTime ?? TimeSpan.FromMinutes(10);
        _coarseNow = time.GetTimestamp();
        _sweeps = time.CreateTimer(static accounts => ((EmbeddedAccounts)accounts!).SweepIdle(), this, _idleTime / 10, _idleTime / 10);
    }

    public int ResidentCount => _actors.Count;

    /// <summary>The time of the last sweep. Token checks note when they used an account, and a clock would cost more than the check.</summary>
    internal long CoarseNow => Volatile.Read(ref _coarseNow);

    IAccount IAccounts.For(Guid id) => For(id);

    public AccountActor For(Guid id) => _actors.GetOrAdd(id, static (id, self) => new AccountActor(id, self, self._store), this);

    public ValueTask<Standing?> StandingAsync(Guid id)
    {
        if (!_actors.TryGetValue(id, out var actor) || actor.Standing is not { } standing)
            return IsKnownAbsent(id) ? default : new ValueTask<Standing?>(For(id).LoadStandingAsync());
        actor.Touch();
        return new ValueTask<Standing?>(standing);
    }

    public Task<Guid?> FindAsync(LoginName name) => _store.FindAsync(name);

    /// <summary>Lets go of accounts that nobody used lately.</summary>
    public void SweepIdle()
    {
        Volatile.Write(ref _coarseNow, _time.GetTimestamp());
        foreach (var (_, actor) in _actors)
            actor.RetireIfIdle();
    }

    public void Dispose() => _sweeps.Dispose();

    /// <summary>There is no such account. Called within the turn that read so.</summary>
    internal void NoteAbsent(Guid id)
    {
        var absent = _absent.Current;
        if (absent.Younger.Count >= AbsentKept)
            _absent.Succeed(absent);
        _absent.Current.Younger[id] = true;
    }

    /// <summary>There is such an account. Called within the turn that made it.</summary>
    internal void NotePresent(Guid id)
    {
        var (younger, elder) = _absent.Current;
        younger.TryRemove(id, out _);
        elder.TryRemove(id, out _);
    }

    internal bool IsIdleSince(long lastUsed) => _time.GetElapsedTime(lastUsed, CoarseNow) >= _idleTime;

    private bool IsKnownAbsent(Guid id)
    {
        var (younger, elder) = _absent.Current;
        return younger.ContainsKey(id) || elder.ContainsKey(id);
    }

    internal void Remove(AccountActor actor) => _actors.TryRemove(KeyValuePair.Create(actor.Id, actor));

    internal DateTimeOffset Now => _time.GetUtcNow();

    internal Task<Outcome<TResult>> RunAsync<TResult>(AccountActor actor, Act<TResult> act) => Turn.RunAsync(actor, act, _time, _rules);
}
