namespace AuthCluster.Http.Hosting;

/// <summary>
/// Whether a request target, as it was sent, holds a dot segment in any spelling. The server takes dot segments out before it routes, so
/// <c>/api/forward-auth/../../health/live</c> would be answered by another endpoint than the proxy in front of it asked for (a path prefix
/// of Envoy's <c>ext_authz</c>), with a 200 that the proxy reads as "may pass".
/// </summary>
internal static class RequestTarget
{
    /// <summary>Programs behind a proxy decode once or twice; one time more costs nothing.</summary>
    private const int DecodedAtMost = 3;

    /// <param name="target">Origin form (<c>/path?query</c>) or absolute form (<c>http://host/path</c>), RFC 9112 section 3.2.</param>
    public static bool HasDotSegment(string target)
    {
        var path = PathOf(target);
        if (!path.ContainsAny('.', '%'))
            return false;
        var text = path.ToString();
        for (var decoded = 0; ; decoded++)
        {
            if (HasPlainDotSegment(text))
                return true;
            if (decoded == DecodedAtMost || !text.Contains('%', StringComparison.Ordinal))
                return false;
            text = Uri.UnescapeDataString(text);
        }
    }

    private static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> target)
    {
        var end = target.IndexOfAny('?', '#');
        var withoutQuery = end < 0 ? target : target[..end];
        if (withoutQuery.StartsWith('/'))
            return withoutQuery;
        var authority = withoutQuery.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0)
            return withoutQuery;
        var rest = withoutQuery[(authority + "://".Length)..];
        var path = rest.IndexOfAny('/', '\\');
        return path < 0 ? [] : rest[path..];
    }

    private static bool HasPlainDotSegment(ReadOnlySpan<char> path)
    {
        foreach (var range in path.SplitAny('/', '\\'))
        {
            var segment = path[range];
            // RFC 3986 section 3.3: what follows a semicolon is a parameter to some programs. They drop it before they look for dots.
            var parameters = segment.IndexOf(';');
            if (parameters >= 0)
                segment = segment[..parameters];
            if (segment is "." or "..")
                return true;
        }

        return false;
    }
}
