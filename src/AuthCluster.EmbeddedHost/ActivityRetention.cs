using AuthCluster.EmbeddedHost.Sqlite;
using AuthCluster.Http.Settings;

namespace AuthCluster.EmbeddedHost;

/// <summary>Deletes what is older than <c>Activity:Retention</c> from the full log.</summary>
internal sealed partial class ActivityRetention(
    EventLog log, AuthClusterOptions options, TimeProvider time, ILogger<ActivityRetention> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        // At the start, too: a server that never runs for an hour would keep everything.
        do
        {
            await PurgeAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task PurgeAsync()
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old activity cannot be deleted now; trying again in an hour")]
    private partial void LogPutOff(Exception exception);
}
