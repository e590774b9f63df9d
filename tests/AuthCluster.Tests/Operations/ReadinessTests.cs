using AuthCluster.Http.Operations;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AuthCluster.Tests.Operations;

public sealed class ReadinessTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Checks _checks = new();

    [Fact]
    public async Task One_check_serves_all_that_ask_within_a_second()
    {
        var readiness = new Readiness(_checks, _time);
        var waiting = Enumerable.Range(0, 100).Select(_ => readiness.AskAsync()).ToList();
        _checks.Answer.SetResult(HealthStatus.Healthy);

        Assert.All(await Task.WhenAll(waiting), Assert.True);
        Assert.True(await readiness.AskAsync());
        Assert.Equal(1, _checks.Count);
    }

    [Fact]
    public async Task After_a_second_it_looks_again()
    {
        var readiness = new Readiness(_checks, _time);
        _checks.Answer.SetResult(HealthStatus.Healthy);
        Assert.True(await readiness.AskAsync());
        _checks.Answer = new TaskCompletionSource<HealthStatus>();
        _checks.Answer.SetResult(HealthStatus.Unhealthy);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.True(await readiness.AskAsync());

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(await readiness.AskAsync());
    }

    private sealed class Checks : HealthCheckService
    {
        public TaskCompletionSource<HealthStatus> Answer { get; set; } = new();

        public int Count { get; private set; }

        public override async Task<HealthReport> CheckHealthAsync(
            Func<HealthCheckRegistration, bool>? predicate, CancellationToken cancellationToken = default)
        {
            Count++;
            return new HealthReport(new Dictionary<string, HealthReportEntry>(), await Answer.Task, TimeSpan.Zero);
        }
    }
}
