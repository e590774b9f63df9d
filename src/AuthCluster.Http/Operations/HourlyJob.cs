using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Http.Operations;

/// <summary>What a server does soon after its start, and every hour from then on.</summary>
internal abstract partial class HourlyJob(TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>A server that never ran for an hour would never do it; a node needs a moment to join its cluster.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>For the log: "old activity is deleted".</summary>
    protected abstract string What { get; }

    protected abstract Task RunAsync();

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(First, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            timer.Period = Interval;
            try
            {
                await RunAsync();
            }
            catch (StateUnavailableException unavailable)
            {
                LogPutOff(logger, What, unavailable.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Put off for an hour: {What}. {Reason}")]
    private static partial void LogPutOff(ILogger logger, string what, string reason);
}
