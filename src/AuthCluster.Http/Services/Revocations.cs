using AuthCluster.Http.Answers;
using AuthCluster.Http.Hosting;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Services;

internal static class Revocations
{
    /// <summary>Longer ones are none of ours.</summary>
    private const int PositionLimit = 4096;

    /// <summary>Tells a service of every revocation at once, for as long as it listens (server-sent events).</summary>
    public static async Task<IResult> HandleAsync(HttpContext http, ServiceCredentials services, RevocationStream stream)
    {
        if (services.Refuse(http) is { } refused)
            return refused;
        // A lease is a promise to wait for the subscriber. A subscriber that asks for one must not believe that it was made.
        if (http.Request.Query.ContainsKey("lease"))
            return Problems.ValidationFailed("lease", "Leases are not offered here.");
        if (RequestTargetMiddleware.IsHead(http))
            return TypedResults.Text("", RevocationStream.ContentType);
        return await stream.TryServeAsync(http, LastEventId(http.Request)) ? TypedResults.Empty : Problems.TooManyStreams;
    }

    /// <summary><c>null</c> where the subscriber is new.</summary>
    private static string? LastEventId(HttpRequest request) => request.Headers["Last-Event-ID"] switch
    {
        [] => null,
        [{ Length: <= PositionLimit } one] => one,
        _ => "",
    };
}
