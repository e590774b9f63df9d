using AuthCluster.Http.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AuthCluster.Http.Hosting;

/// <summary>
/// Refuses targets with dot segments before routing, and lets <c>HEAD</c> be answered like <c>GET</c> (RFC 9110 section 9.3.2). The server
/// itself goes by the method that was sent and leaves the body out.
/// </summary>
internal sealed class RequestTargetMiddleware(RequestDelegate next)
{
    private static readonly object HeadKey = new();

    /// <summary>Whether the request was sent as <c>HEAD</c>, for answers that have no end.</summary>
    public static bool IsHead(HttpContext http) => http.Items.ContainsKey(HeadKey);

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Features.GetRequiredFeature<IHttpRequestFeature>();
        if (RequestTarget.HasDotSegment(request.RawTarget))
            return Problems.DotSegment.ExecuteAsync(http);
        if (HttpMethods.IsHead(request.Method))
        {
            http.Items[HeadKey] = true;
            request.Method = HttpMethods.Get;
        }

        return next(http);
    }
}
