using AuthCluster.Keys;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Http.Operations;

/// <summary>Rotates the key ring when its newest key is old enough, and drops expired keys.</summary>
internal sealed partial class KeyRotation(KeyRing keys, TimeProvider time, ILogger<KeyRotation> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await keys.RotateIfDueAsync();
            }
            catch (StateUnavailableException unavailable)
            {
                LogPutOff(unavailable);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The key ring cannot be rotated now; trying again in an hour")]
    private partial void LogPutOff(Exception exception);
}
