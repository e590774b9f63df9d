using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using AuthCluster.Accounts;
using AuthCluster.Leases;
using AuthCluster.Options;
using AuthCluster.OrleansHost.EventLog;
using AuthCluster.OrleansHost.Feed;
using AuthCluster.OrleansHost.Storage;
using Orleans.Storage;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>
/// One account in memory. Between turns a grain holds the account as it is stored; one that cannot (no such account, nobody knows what is
/// stored, or another silo may have taken over) reads the store in its next turn.
/// </summary>
/// <remarks>
/// Orleans may for a moment run two activations of one grain. Each save names the record that was read (ETag), so that only one of
/// them gets anything done, and <see cref="Tenancy"/> sees to it that the other one notices before the first answers.
/// </remarks>
[GrainType("account")]
[SuppressMessage("Design", "CA1001", Justification = "A semaphore has nothing to dispose of until its wait handle is asked for.")]
internal sealed class AccountGrain : Grain, IAccountGrain
{
    // Orleans gives one act after the other; claims, which interleave with them, take a turn, too.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly OwnedAccount _account;
    private readonly AccountLog _log;
    private readonly AccountRules _rules;
    private readonly TimeProvider _time;
    private IGrainTimer? _leaving;

    public AccountGrain(
        [PersistentState("account", GrainStorage.Name)] IPersistentState<AccountRecord> stored,
        [FromKeyedServices(GrainStorage.Name)] IGrainStorage storage,
        Lender lender,
        NodeLog feed,
        TokenOptions tokens,
        AccountRules rules,
        TimeProvider time)
    {
        _log = new AccountLog(storage, this.GetPrimaryKey());
        var tidings = new AccountTidings(this.GetPrimaryKey(), feed, NotedRevocations.RelevantTime(tokens), time);
        _account = new OwnedAccount(this.GetPrimaryKey(), stored, lender, new AccountFiling(_log, rules, time), tidings, GrainFactory, time);
        (_rules, _time) = (rules, time);
    }

    public Task<Outcome<TResult>> PerformAsync<TResult>(Act<TResult> act) => InTurnAsync(() => Turn.RunAsync(_account, act, _time, _rules));

    public Task<LeasedAnswer<Standing>> AskStandingAsync(Guid holder) => InTurnAsync(async () =>
    {
        await _account.LoadAsync();
        return _account.AnswerTo(holder);
    });

    public Task<ImportAnswer> ImportAsync(byte[] document) => InTurnAsync(async () =>
    {
        await _account.LoadAsync();
        var act = new ImportAccount(AccountDocument.Read(document), _account.WasDeleted);
        var outcome = await Turn.RunAsync(_account, act, _time, _rules);
        return outcome.Refusal switch
        {
            Refusal.EmailTaken => ImportAnswer.EmailTaken,
            Refusal.UsernameTaken => ImportAnswer.UsernameTaken,
            _ => outcome.Result,
        };
    });

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // A silo that stops takes everything back at once.
        if (reason.ReasonCode == DeactivationReasonCode.ActivationIdle)
            await _account.LeaveAsync();
        else
            _account.Forget();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    public async Task<ClaimAnswer> ResolveClaimAsync(string nameKey)
    {
        if (!_turn.Wait(0))
            return ClaimAnswer.Undecided;
        try
        {
            await _account.LoadAsync();
            // Another activation may be about to save. Both answers are given only once nothing of that can be stored any more.
            if (!await _account.FenceAsync())
                return ClaimAnswer.Undecided;
            return LoginNameKey.IsHeldBy(_account.State, nameKey) ? ClaimAnswer.Holds : ClaimAnswer.Free;
        }
        finally
        {
            EndTurn();
        }
    }

    public Task<ImmutableArray<ActivityEntry>> ReadLogAsync(long beforeNumber, int limit) => _log.ReadAsync(beforeNumber, limit);

    private async Task<T> InTurnAsync<T>(Func<Task<T>> turn)
    {
        await _turn.WaitAsync();
        try
        {
            return await turn();
        }
        finally
        {
            EndTurn();
        }
    }

    private void EndTurn()
    {
        if (_account.State is null)
            _leaving ??= this.LeaveSoon(() => _account.State is null);
        else if (_account.State.HasAttemptUnderWay(_time.GetUtcNow()))
            DelayDeactivation(AttemptBudget.ReservationLifetime);
        _turn.Release();
    }
}
