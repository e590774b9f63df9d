using AuthCluster.Http.Activities;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Admin;

internal static class UserActivity
{
    public static async Task<IResult> HandleAsync(UserId id, string? limit, string? before, RecentActivity activity) =>
        ActivityPage.TryParse(limit, before, out var page) is { } problem ? problem : await activity.AnswerAsync(id.Value, page);
}
