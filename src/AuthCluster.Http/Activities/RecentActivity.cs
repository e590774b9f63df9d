using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Activities;

/// <summary>What happened to one account, newest first: from the account's memory, and only what lies further back from the log.</summary>
internal sealed class RecentActivity(IAccounts accounts, IEventLog log)
{
    public async Task<IResult> AnswerAsync(Guid accountId, ActivityPage page)
    {
        var outcome = await accounts.For(accountId).PerformAsync(new ViewActivity());
        if (outcome.IsRefused(out var remembered))
            return outcome.AnswerNoContent();
        var entries = remembered.Where(entry => entry.Number < page.Before).Reverse().Take(page.Limit).ToList();
        var reachesBack = remembered.IsEmpty || remembered[0].Number == 1;
        if (entries.Count < page.Limit && !reachesBack)
            entries = await ReadLogAsync(accountId, page);
        return TypedResults.Json(entries.Select(ActivityAnswer.Of).ToArray(), AnswerJson.Default.ActivityAnswerArray);
    }

    private async Task<List<ActivityEntry>> ReadLogAsync(Guid accountId, ActivityPage page)
    {
        var logged = await log.ReadAsync(new ActivityQuery { AccountId = accountId, BeforeNumber = page.Before, Limit = page.Limit });
        return [.. logged.Select(activity => activity.Entry)];
    }
}
