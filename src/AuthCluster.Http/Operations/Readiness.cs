using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AuthCluster.Http.Operations;

/// <summary>Whether the host's checks pass. An answer is good for a second, and one check serves all that ask meanwhile: anybody may ask, and a check reads the store.</summary>
internal sealed class Readiness(HealthCheckService checks, TimeProvider time)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<bool> _answer = Task.FromResult(false);
    private long? _asked;

    public Task<bool> AskAsync()
    {
        lock (_lock)
        {
            if (_asked is { } asked && (!_answer.IsCompleted || time.GetElapsedTime(asked) < GoodFor))
                return _answer;
            _asked = time.GetTimestamp();
            return _answer = CheckAsync();
        }
    }

    // No caller's own token: the others wait for the same check.
    private async Task<bool> CheckAsync() => (await checks.CheckHealthAsync(CancellationToken.None)).Status == HealthStatus.Healthy;
}
