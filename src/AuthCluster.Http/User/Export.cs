using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Activities;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class Export
{
    /// <summary>The newest entries. One account rarely has more, and an answer must end.</summary>
    private const int EntryLimit = 5_000;

    /// <summary>All that is kept of the user (GDPR article 20), but for secrets and their hashes.</summary>
    public static async Task<IResult> HandleAsync(Caller caller, IAccounts accounts, RecentActivity activity)
    {
        var account = accounts.For(caller.AccountId);
        var viewed = await account.PerformAsync(new InSession<AccountView>(caller.Proof, new View()));
        if (viewed.IsRefused(out var user))
            return viewed.AnswerRefusal();
        var listed = await account.PerformAsync(new InSession<ImmutableArray<Session>>(caller.Proof, new ViewSessions()));
        if (listed.IsRefused(out var sessions))
            return listed.AnswerRefusal();
        var enrolled = await account.PerformAsync(new InSession<ImmutableArray<Passkey>>(caller.Proof, new ViewPasskeys()));
        if (enrolled.IsRefused(out var passkeys))
            return enrolled.AnswerRefusal();
        var read = await ReadAllAsync(caller, activity);
        return read.Answer(entries => TypedResults.Json(
            new ExportAnswer(
                UserAnswer.Of(user), DeviceAnswer.Of(sessions, caller.SessionId), PasskeyAnswer.Of(passkeys), ActivityAnswer.Of(entries)),
            AnswerJson.Default.ExportAnswer));
    }

    private static async Task<Outcome<IReadOnlyList<ActivityEntry>>> ReadAllAsync(Caller caller, RecentActivity activity)
    {
        var view = new InSession<ImmutableArray<ActivityEntry>>(caller.Proof, new ViewActivity());
        var all = new List<ActivityEntry>();
        while (true)
        {
            var page = new ActivityPage(ActivityPage.MaximumLimit, all.Count == 0 ? long.MaxValue : all[^1].Number);
            var outcome = await activity.ReadAsync(caller.AccountId, view, page);
            if (outcome.IsRefused(out var entries))
                return outcome;
            all.AddRange(entries);
            if (entries.Count < page.Limit || all.Count >= EntryLimit)
                return all;
        }
    }
}
