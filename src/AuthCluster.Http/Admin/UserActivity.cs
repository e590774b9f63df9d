using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Activities;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AuthCluster.Http.Admin;

internal static class UserActivity
{
    public static async Task<IResult> HandleAsync(PathId id, string? limit, string? cursor, RecentActivity activity)
    {
        if (ActivityPage.Parse(limit, cursor, nameof(cursor), out var page) is { } problem)
            return problem;
        var outcome = await activity.ReadAsync(id.Value, new ViewActivity(), page);
        return outcome.Answer(entries => ListOf(entries, page));
    }

    private static JsonHttpResult<ListAnswer<AdministratorActivityAnswer>> ListOf(IReadOnlyList<ActivityEntry> entries, ActivityPage page)
    {
        AdministratorActivityAnswer[] items = [.. entries.Select(AdministratorActivityAnswer.Of)];
        var next = items.Length == page.Limit ? items[^1].Id : null;
        return TypedResults.Json(new ListAnswer<AdministratorActivityAnswer>(items, next), AnswerJson.Default.ListAnswerAdministratorActivityAnswer);
    }
}
