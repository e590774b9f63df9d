namespace AuthCluster.OrleansHost.Feed;

/// <summary>Ends the log of this silo when it stops. Otherwise those who read the feed go on reading the store for it for a minute.</summary>
internal sealed partial class NodeLogEnd(NodeLog log, ILogger<NodeLogEnd> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    // When the grains are gone.
    private const int Stage = ServiceLifecycleStage.BecomeActive - 3;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(NodeLogEnd), Stage, _ => Task.CompletedTask, EndAsync);

    private async Task EndAsync(CancellationToken cancellation)
    {
        try
        {
            await log.EndAsync().WaitAsync(cancellation);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            LogUnended(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This silo stops before its part of the revocation feed is ended; another one will end it")]
    private partial void LogUnended(Exception fault);
}
