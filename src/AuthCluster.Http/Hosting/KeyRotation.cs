using AuthCluster.Keys;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Http.Hosting;

/// <summary>Looks after the age of the key ring.</summary>
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The key ring cannot be looked after now; trying again in an hour")]
    private partial void LogPutOff(Exception exception);
}
