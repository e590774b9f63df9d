using AuthCluster.Http.Operations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AuthCluster.Tests.Operations;

public sealed class HourlyJobTests : IDisposable
{
    private readonly WatchedTime _time = new();
    private readonly CountedJob _job;

    public HourlyJobTests() => _job = new CountedJob(_time, NullLogger.Instance);

    public void Dispose() => _job.Dispose();

    [Fact]
    public async Task It_runs_a_minute_after_the_start_and_every_hour_from_then_on()
    {
        await StartAsync();
        Assert.Equal(0, _job.Runs);
        foreach (var run in new[] { 1, 2, 3 })
        {
            _time.Advance(run == 1 ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(1));
            await _job.HasRunAsync(run);
        }

        await _job.StopAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, _job.Runs);
    }

    [Fact]
    public async Task A_run_that_finds_the_state_out_of_reach_is_put_off_and_no_end()
    {
        _job.IsOutOfReach = true;
        await StartAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await _job.HasRunAsync(1);

        _job.IsOutOfReach = false;
        _time.Advance(TimeSpan.FromHours(1));
        await _job.HasRunAsync(2);
    }

    private async Task StartAsync()
    {
        await _job.StartAsync(CancellationToken.None);
        await _time.TimerMade;
    }

    /// <summary>A background service begins on another thread, and a clock that moves before it looked is of no use.</summary>
    private sealed class WatchedTime : FakeTimeProvider
    {
        private readonly TaskCompletionSource _timerMade = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task TimerMade => _timerMade.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _timerMade.TrySetResult();
            return timer;
        }
    }

    private sealed class CountedJob(TimeProvider time, ILogger logger) : HourlyJob(time, logger)
    {
        private readonly SemaphoreSlim _ran = new(0);

        public bool IsOutOfReach { get; set; }

        public int Runs { get; private set; }

        protected override string What => "the count";

        /// <summary>The run is over, and the next one waited for.</summary>
        public async Task HasRunAsync(int run)
        {
            Assert.True(await _ran.WaitAsync(TimeSpan.FromSeconds(30)), $"Run {run} did not come.");
            Assert.Equal(run, Runs);
        }

        public override void Dispose()
        {
            _ran.Dispose();
            base.Dispose();
        }

        protected override Task RunAsync()
        {
            Runs++;
            _ran.Release();
            return IsOutOfReach ? Task.FromException(new StateUnavailableException("Away.")) : Task.CompletedTask;
        }
    }
}
