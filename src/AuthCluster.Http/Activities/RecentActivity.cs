using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;

namespace AuthCluster.Http.Activities;

/// <summary>What happened to one account, newest first: from the account's memory, or from the log where that is too short.</summary>
internal sealed class RecentActivity(IAccounts accounts, IEventLog log)
{
    /// <param name="view">A <see cref="ViewActivity"/>, by a caller that may see it.</param>
    public async Task<Outcome<IReadOnlyList<ActivityEntry>>> ReadAsync(Guid accountId, Act<ImmutableArray<ActivityEntry>> view, ActivityPage page)
    {
        var outcome = await accounts.For(accountId).PerformAsync(view);
        if (outcome.IsRefused(out var remembered))
            return outcome.As<IReadOnlyList<ActivityEntry>>();
        List<ActivityEntry> entries = [.. remembered.Where(entry => entry.Number < page.Before).Reverse().Take(page.Limit)];
        var reachesBack = remembered.IsEmpty || remembered[0].Number == 1;
        if (entries.Count == page.Limit || reachesBack)
            return entries;
        var before = Math.Min(page.Before, remembered[0].Number);
        entries.AddRange(await log.ReadAccountAsync(accountId, before, page.Limit - entries.Count));
        return entries;
    }
}
