using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Activities;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Legacy;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class Activity
{
    /// <summary>What happened to the account, newest first. Pass the last <c>id</c> as <c>before</c> to read on.</summary>
    public static async Task<IResult> HandleAsync(EitherCaller caller, string? limit, string? before, RecentActivity activity)
    {
        if (ActivityPage.Parse(limit, before, nameof(before), out var page) is { } problem)
            return problem;
        var outcome = await activity.ReadAsync(caller.AccountId, caller.Reading(new ViewActivity()), page);
        return outcome.Answer(entries => TypedResults.Json(ActivityAnswer.Of(entries), AnswerJson.Default.ActivityAnswerArray));
    }
}
