using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AuthCluster.Http.Hosting;

/// <summary>
/// How much of a request is read before its endpoint is known, and how. A proxy hands on what the browser sent. What is refused here becomes
/// a 500 of nginx <c>auth_request</c>, so nothing is refused for a header that no endpoint reads.
/// </summary>
internal static class RequestHeaders
{
    /// <summary>Above what nginx, Envoy and HAProxy let through by their defaults.</summary>
    private const int LineLimit = 16 * 1024;
    private const int TotalLimit = 64 * 1024;
    private const int CountLimit = 200;

    /// <summary>Bytes that are no UTF-8 become U+FFFD.</summary>
    private static readonly UTF8Encoding Lenient = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    public static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.Limits.MaxRequestLineSize = LineLimit;
        kestrel.Limits.MaxRequestHeadersTotalSize = TotalLimit;
        kestrel.Limits.MaxRequestHeaderCount = CountLimit;
        // Credentials stay strict: two spellings of one header must not be one token.
        kestrel.RequestHeaderEncodingSelector = name => name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? null! : Lenient;
    }
}
