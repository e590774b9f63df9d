using AuthCluster.Leases;

namespace AuthCluster.OrleansHost.Leases;

/// <summary>
/// Sees to it that silos that are gone lend nothing any more, as soon as the cluster knows that they are: a request for one of their accounts
/// does not wait for leases after that. A silo that starts is not ready before.
/// </summary>
internal sealed partial class LenderSettlement(
    Lender lender, LenderRecords records, IClusterMembershipService membership, LeaseTimes times, TimeProvider time, ILogger<LenderSettlement> logger)
    : BackgroundService
{
    private volatile bool _isDone;

    /// <summary>Whether everything that silos before this one lent has ended. Later losses are no matter of this silo's readiness.</summary>
    public bool IsDone => _isDone;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TrySettleAsync())
            await Task.Delay(times.RenewalInterval, time, stoppingToken);
        _isDone = true;
        await foreach (var _ in membership.MembershipUpdates.WithCancellation(stoppingToken))
            await TrySettleAsync();
    }

    private async Task<bool> TrySettleAsync()
    {
        try
        {
            // In this order: each lender of the list was a member by the time that the members are read.
            var lenders = await records.ListAsync();
            await membership.Refresh();
            var members = membership.CurrentSnapshot;
            await Task.WhenAll(lenders.Where(other => IsGone(members, other)).Select(SettleAsync));
            return true;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            LogUnsettled(fault.GetBaseException().Message);
            return false;
        }
    }

    private async Task SettleAsync(string gone)
    {
        await lender.SettleAsync(gone);
        await records.StrikeOffAsync(gone);
    }

    private static bool IsGone(ClusterMembershipSnapshot members, string lender) =>
        members.GetSiloStatus(LenderNames.SiloOf(lender)) is SiloStatus.None or SiloStatus.Dead;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The leases of silos that are gone cannot be ended now; trying again. {Cause}")]
    private partial void LogUnsettled(string cause);
}
