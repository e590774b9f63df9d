using AuthCluster.Http.Answers;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Operations;

/// <summary><c>live</c>: the process answers. <c>ready</c>: the checks that its host registered pass as well.</summary>
internal static class Health
{
    private static readonly HealthAnswer Healthy = new("healthy");

    public static IResult Live() => TypedResults.Json(Healthy, AnswerJson.Default.HealthAnswer);

    public static async Task<IResult> ReadyAsync(Readiness readiness) => await readiness.AskAsync() ? Live() : Problems.StateUnavailable;
}
