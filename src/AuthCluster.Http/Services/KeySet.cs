using AuthCluster.Http.Answers;
using AuthCluster.Keys;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Services;

/// <summary>The public keys (RFC 7517). HMAC keys have no public part and are never shown.</summary>
internal static class KeySet
{
    /// <summary>Well within the time that a key is published before it signs.</summary>
    private const string Cacheable = "public, max-age=300";

    public static async Task<IResult> HandleAsync(HttpContext http, KeyRing keys)
    {
        await keys.EnsureCurrentAsync();
        http.Response.Headers.CacheControl = Cacheable;
        return TypedResults.Json(KeySetAnswer.Of(keys.Published), AnswerJson.Default.KeySetAnswer);
    }
}
