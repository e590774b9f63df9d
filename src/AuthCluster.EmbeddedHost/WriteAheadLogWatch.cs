using AuthCluster.EmbeddedHost.Sqlite;

namespace AuthCluster.EmbeddedHost;

/// <summary>Warns while the write-ahead log is large: whatever reads the database without an end, a copying program for instance, keeps it from being emptied.</summary>
internal sealed partial class WriteAheadLogWatch(
    Database database, TimeProvider time, ILogger<WriteAheadLogWatch> logger, long large = WriteAheadLogWatch.Large) : BackgroundService
{
    public const long Large = 1L << 30;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    public void Check()
    {
        if (database.LogSize is var size && size >= large)
            LogLarge(logger, size >> 20);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Check();
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The write-ahead log has grown to {Size} MiB: something reads the database without an end, and keeps it from being emptied")]
    private static partial void LogLarge(ILogger logger, long size);
}
