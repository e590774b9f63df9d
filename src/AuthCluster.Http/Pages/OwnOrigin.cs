using AuthCluster.Http.Answers;
using AuthCluster.Http.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCluster.Http.Pages;

/// <summary>
/// Whether a request comes from a page of this server. Browsers name the origin of the page with every <c>POST</c> (Fetch standard, section
/// 3.2), and no script can change what they name.
/// </summary>
internal sealed class OwnOrigin(AuthClusterOptions options)
{
    private readonly string? _public = options.PublicUrl is { } url ? new Uri(url).GetLeftPart(UriPartial.Authority) : null;

    public static ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return http.RequestServices.GetRequiredService<OwnOrigin>().Sent(http.Request)
            ? next(context)
            : ValueTask.FromResult<object?>(Problems.ForeignOrigin);
    }

    public bool Sent(HttpRequest request) =>
        request.Headers.Origin is [{ Length: > 0 } origin] && (origin == _public || IsOfHost(origin, request));

    /// <summary>A proxy that ends TLS may not say so: its request is plain, and the page's origin is not.</summary>
    private static bool IsOfHost(string origin, HttpRequest request) =>
        request.Host.HasValue && (origin == $"https://{request.Host.Value}" || (!request.IsHttps && origin == $"http://{request.Host.Value}"));
}
