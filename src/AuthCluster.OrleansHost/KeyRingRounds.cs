using AuthCluster.Keys;
using AuthCluster.Leases;

namespace AuthCluster.OrleansHost;

/// <summary>Reads the stored key ring before the last reading is over, so that no request waits for it.</summary>
internal sealed partial class KeyRingRounds(KeyRing keys, LeaseTimes times, TimeProvider time, ILogger<KeyRingRounds> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(times.RenewalInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await keys.RefreshAsync();
            }
            catch (StateUnavailableException unavailable)
            {
                LogUnread(unavailable.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The stored key ring cannot be read now; asking again. {Cause}")]
    private partial void LogUnread(string cause);
}
