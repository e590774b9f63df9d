using AuthCluster.Http.Answers;
using AuthCluster.Http.Settings;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Services;

internal static class PasskeyEndpoints
{
    public static IResult Handle(PublicAddress address) =>
        TypedResults.Json(new PasskeyEndpointsAnswer($"{address.Url}/account", $"{address.Url}/account"), AnswerJson.Default.PasskeyEndpointsAnswer);
}
