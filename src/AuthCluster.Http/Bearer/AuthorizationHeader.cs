using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Bearer;

/// <summary>The token of an <c>Authorization</c> header (RFC 6750 section 2.1). Older clients send it with the scheme <c>JWT</c>.</summary>
internal static class AuthorizationHeader
{
    /// <summary>False where no token was sent. A header that is repeated, or of another scheme, carries none.</summary>
    public static bool TryReadToken(HttpRequest request, out ReadOnlySpan<char> token)
    {
        var header = request.Headers.Authorization;
        token = header.Count == 1 ? AfterScheme(header[0]) : default;
        return !token.IsEmpty;
    }

    private static ReadOnlySpan<char> AfterScheme(ReadOnlySpan<char> header)
    {
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return header["Bearer ".Length..].Trim(' ');
        return header.StartsWith("JWT ", StringComparison.OrdinalIgnoreCase) ? header["JWT ".Length..].Trim(' ') : default;
    }
}
