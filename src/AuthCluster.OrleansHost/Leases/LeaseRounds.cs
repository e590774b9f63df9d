using AuthCluster.Leases;

namespace AuthCluster.OrleansHost.Leases;

/// <summary>Keeps the leases alive that this node holds.</summary>
internal sealed class HolderRounds(
    Holder holder, HolderReference self, HolderObserver observer, IGrainFactory grains, LeaseTimes times, TimeProvider time) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        self.Value = grains.CreateObjectReference<IHolderObserver>(observer);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(times.RenewalInterval, time);
        // Not waited for: one granter that does not answer must not keep the others from being asked in time.
        while (await timer.WaitForNextTickAsync(stoppingToken))
            _ = holder.RenewAsync();
    }
}

/// <summary>Keeps knowing that this silo may speak for its accounts.</summary>
internal sealed partial class GranterRounds(Granter granter, LeaseTimes times, TimeProvider time, ILogger<GranterRounds> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(times.RenewalInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await ProveAsync();
    }

    private async Task ProveAsync()
    {
        try
        {
            await granter.ProveAsync().WaitAsync(times.AnswerTime, time);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            LogUnproven(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store does not tell whether this silo may still speak for its accounts; asking again")]
    private partial void LogUnproven(Exception fault);
}

/// <summary>Ends what this silo granted when it stops, so that nobody has to wait for its leases.</summary>
internal sealed partial class GranterRetirement(Granter granter, ILogger<GranterRetirement> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    // When the grains are gone, and before the network is.
    private const int Stage = ServiceLifecycleStage.BecomeActive - 3;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(GranterRetirement), Stage, _ => Task.CompletedTask, RetireAsync);

    private async Task RetireAsync(CancellationToken cancellation)
    {
        try
        {
            await granter.RetireAsync().WaitAsync(cancellation);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            LogUnfinished(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "This silo stops before its leases have ended; others will wait for them")]
    private partial void LogUnfinished(Exception fault);
}
