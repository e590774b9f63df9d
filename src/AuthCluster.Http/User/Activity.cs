using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Activities;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class Activity
{
    /// <summary>What happened to the account, newest first. Pass the last <c>id</c> as <c>before</c> to read on.</summary>
    public static async Task<IResult> HandleAsync(Caller caller, string? limit, string? before, RecentActivity activity)
    {
        if (ActivityPage.Parse(limit, before, nameof(before), out var page) is { } problem)
            return problem;
        var view = new InSession<ImmutableArray<ActivityEntry>>(caller.Proof, new ViewActivity());
        var outcome = await activity.ReadAsync(caller.AccountId, view, page);
        return outcome.Answer(entries => TypedResults.Json(ActivityAnswer.Of(entries), AnswerJson.Default.ActivityAnswerArray));
    }
}
