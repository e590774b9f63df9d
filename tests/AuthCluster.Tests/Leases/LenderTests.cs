using AuthCluster.Leases;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AuthCluster.Tests.Leases;

/// <summary>One lender and its record in the store.</summary>
public sealed class LenderTests
{
    private static readonly LeaseTimes Times = new(TimeSpan.FromSeconds(5));

    private readonly FakeTimeProvider _time = new();
    private readonly Records _records = new();

    [Fact]
    public async Task A_record_that_exists_already_is_not_taken_over()
    {
        var (taken, free) = (Guid.NewGuid(), Guid.NewGuid());
        await _records.TryCreateAsync($"silo~{taken:N}", Times.Duration);
        var names = new Queue<Guid>([taken, free]);
        var lender = new Lender("silo", Times, _records, new NoCalls(), _time, names.Dequeue);

        await Assert.ThrowsAsync<StateUnavailableException>(lender.SpeakingAsync);

        Assert.Equal($"silo~{free:N}", await lender.SpeakingAsync());
    }

    [Fact]
    public async Task A_lender_that_is_shut_out_is_waited_for_as_long_as_its_own_leases_last()
    {
        await _records.TryCreateAsync("other~1", TimeSpan.FromSeconds(60));
        var lender = new Lender("silo", Times, _records, new NoCalls(), _time, Guid.NewGuid);

        var settled = lender.SettleAsync("other~1");
        await PassAsync(TimeSpan.FromSeconds(65));
        Assert.False(settled.IsCompleted);

        await PassAsync(TimeSpan.FromSeconds(2));
        await settled;
        Assert.Equal(LenderStatus.Over, (await _records.ReadAsync("other~1")).Status);
    }

    [Fact]
    public async Task Who_wants_an_account_of_a_lender_that_is_gone_is_refused_after_a_second_and_served_once_its_leases_are_over()
    {
        await _records.TryCreateAsync("other~1", Times.Duration);
        var lender = new Lender("silo", Times, _records, new NoCalls(), _time, Guid.NewGuid);
        var (key, stored) = (Guid.NewGuid(), new Owner("other~1", Guid.NewGuid()));

        var first = lender.TakeOverAsync(key, stored);
        await PassAsync(LeaseTimes.Patience);
        await Assert.ThrowsAsync<StateUnavailableException>(() => first);
        await PassAsync(Times.Duration);

        Assert.NotEqual(stored, await lender.TakeOverAsync(key, stored));
        Assert.Equal(LenderStatus.Over, (await _records.ReadAsync("other~1")).Status);
    }

    [Fact]
    public async Task A_store_that_stands_still_is_not_waited_for_without_end()
    {
        _records.Hold = new TaskCompletionSource();
        var lender = new Lender("silo", Times, _records, new NoCalls(), _time, Guid.NewGuid);

        var speaking = lender.SpeakingAsync();
        _time.Advance(Times.AnswerTime);

        await Assert.ThrowsAsync<TimeoutException>(() => speaking);
    }

    private async Task PassAsync(TimeSpan passed)
    {
        for (var end = _time.GetUtcNow() + passed; _time.GetUtcNow() < end; await Task.Yield())
            _time.Advance(TimeSpan.FromMilliseconds(100));
    }

    /// <summary>Nobody else can be reached.</summary>
    private sealed class NoCalls : ILenderCalls
    {
        public Task GiveUpAsync(string lender, Guid key, Guid epoch) => throw new StateUnavailableException("Out of reach.");

        public Task RecallAsync(Guid holder, Guid key) => throw new StateUnavailableException("Out of reach.");

        public Task<bool> DiscardAsync(Guid holder, string lender, Guid lease) => throw new StateUnavailableException("Out of reach.");
    }

    private sealed class Records : ILenderRecords
    {
        private readonly Dictionary<string, LenderState> _states = new(StringComparer.Ordinal);

        /// <summary>What the store waits for before it answers.</summary>
        public TaskCompletionSource? Hold { get; set; }

        public async Task<bool> TryCreateAsync(string lender, TimeSpan duration)
        {
            await (Hold?.Task ?? Task.CompletedTask);
            return _states.TryAdd(lender, new LenderState(LenderStatus.Lending, duration));
        }

        public Task<LenderState> ReadAsync(string lender) =>
            Task.FromResult(_states.GetValueOrDefault(lender, new LenderState(LenderStatus.Over, TimeSpan.Zero)));

        public Task MoveToAsync(string lender, LenderStatus status)
        {
            _states[lender] = _states[lender] with { Status = status };
            return Task.CompletedTask;
        }
    }
}
