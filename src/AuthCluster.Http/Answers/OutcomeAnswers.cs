using AuthCluster.Accounts;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Answers;

/// <summary>What an act's outcome is to the client: its result, or the problem that stands for its refusal.</summary>
internal static class OutcomeAnswers
{
    public static IResult Answer<T>(this Outcome<T> outcome, Func<T, IResult> answer) =>
        outcome.IsRefused(out var result) ? outcome.AnswerRefusal() : answer(result);

    public static IResult AnswerUser(this Outcome<AccountView> outcome) =>
        outcome.Answer(account => TypedResults.Json(UserAnswer.Of(account), AnswerJson.Default.UserAnswer));

    public static IResult AnswerNoContent<T>(this Outcome<T> outcome) => outcome.Answer(_ => TypedResults.NoContent());

    /// <summary>For an outcome that is known to be a refusal.</summary>
    public static Problem AnswerRefusal<T>(this Outcome<T> outcome) => Problems.Of(outcome.Refusal!.Value, outcome.RetryAfter);
}
