using AuthCluster.Http.Activities;
using AuthCluster.Http.Bearer;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class Activity
{
    public static async Task<IResult> HandleAsync(Caller caller, string? limit, string? before, RecentActivity activity) =>
        ActivityPage.TryParse(limit, before, out var page) is { } problem ? problem : await activity.AnswerAsync(caller.AccountId, page);
}
