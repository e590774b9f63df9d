using AuthCluster.Keys;
using AuthCluster.Leases;
using AuthCluster.OrleansHost.Grains;

namespace AuthCluster.OrleansHost;

/// <summary>Reads the stored key ring before the last reading is over, so that no request waits for it.</summary>
internal sealed partial class KeyRingRounds(
    KeyRing keys, IGrainFactory grains, LeaseTimes times, TimeProvider time, ILogger<KeyRingRounds> logger) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var longest = await grains.KeyRing().GetLongestLeaseAsync();
        if (longest > TimeSpan.Zero && longest != times.Duration)
            LogOtherLease(times.Duration, longest);
        await base.StartAsync(cancellationToken);
    }

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

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "AuthCluster:Cluster:Lease is {Own} here, but nodes of this cluster have run with {Longest}: a rotation of keys waits for the longest lease ever, a revocation for the longest in use")]
    private partial void LogOtherLease(TimeSpan own, TimeSpan longest);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The stored key ring cannot be read now; asking again. {Cause}")]
    private partial void LogUnread(string cause);
}
