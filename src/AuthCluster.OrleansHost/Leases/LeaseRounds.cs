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
        // The loop does not wait for the answers: a lender that does not answer must not delay the renewals with the others.
        while (await timer.WaitForNextTickAsync(stoppingToken))
            _ = holder.RenewAsync();
    }
}

/// <summary>Keeps knowing that this silo may speak for its accounts.</summary>
internal sealed partial class LenderRounds(Lender lender, LeaseTimes times, TimeProvider time, ILogger<LenderRounds> logger) : BackgroundService
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
            await lender.ProveAsync().WaitAsync(times.AnswerTime, time);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            LogUnproven(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store does not tell whether this silo may still speak for its accounts; asking again")]
    private partial void LogUnproven(Exception fault);
}

/// <summary>Ends the loans of this silo when it stops, so that no other node has to wait for its leases.</summary>
internal sealed partial class LenderRetirement(Lender lender, ILogger<LenderRetirement> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    // When the grains are gone, and before the network is.
    private const int Stage = ServiceLifecycleStage.BecomeActive - 3;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(LenderRetirement), Stage, _ => Task.CompletedTask, RetireAsync);

    private async Task RetireAsync(CancellationToken cancellation)
    {
        try
        {
            await lender.RetireAsync().WaitAsync(cancellation);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            LogUnfinished(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "This silo stops before its leases have ended; others will wait for them")]
    private partial void LogUnfinished(Exception fault);
}
