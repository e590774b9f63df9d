using AuthCluster.Http.Settings;

namespace AuthCluster.OrleansHost;

/// <summary>Deletes what is older than <c>Activity:Retention</c> from the log, by whole days. Every silo does it; one of them finds something.</summary>
internal sealed partial class ActivityRetention(
    ClusterEventLog log, AuthClusterOptions options, TimeProvider time, ILogger<ActivityRetention> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await log.PurgeAsync(time.GetUtcNow() - options.Activity.Retention);
            }
            catch (StateUnavailableException unavailable)
            {
                LogPutOff(unavailable);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old activity cannot be deleted now; trying again in an hour")]
    private partial void LogPutOff(Exception exception);
}
