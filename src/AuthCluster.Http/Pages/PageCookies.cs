using AuthCluster.Http.Answers;
using AuthCluster.Http.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AuthCluster.Http.Pages;

/// <summary>
/// The cookies of the pages. No script reads them: the refresh token, the device token, and where <c>Pages:AccessCookie</c> is on the access
/// token, which goes to the whole site.
/// </summary>
internal sealed class PageCookies(AuthClusterOptions options)
{
    private const string Refresh = "refresh";
    private const string Device = "device";
    private const string Access = "access";

    /// <summary>Browsers take cookies with these names from https alone, the second from this host alone (RFC 6265bis section 4.1.3).</summary>
    private const string Secure = "__Secure-";
    private const string OfHost = "__Host-";

    private static readonly TimeSpan DeviceLifetime = TimeSpan.FromDays(365);

    /// <summary>Below the path of the public address, which a proxy may take off.</summary>
    private readonly string _path = (options.PublicUrl is { } url ? new Uri(url).AbsolutePath.TrimEnd('/') : "") + "/api/session";

    private readonly bool _isPublicOnHttps = options.PublicUrl?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) is true;

    public static string? RefreshOf(HttpRequest request) => Read(request, NameOf(request, Refresh));

    public static string? DeviceOf(HttpRequest request) => Read(request, NameOf(request, Device));

    /// <summary>The access token, where it may travel in a cookie. A name that any neighbour can set counts on plain http alone.</summary>
    public string? AccessOf(HttpRequest request)
    {
        if (!options.Pages.AccessCookie)
            return null;
        var access = Read(request, OfHost + Access);
        return access is null && !request.IsHttps && !_isPublicOnHttps ? Read(request, Access) : access;
    }

    public void Set(HttpContext http, TokenAnswer tokens)
    {
        Append(http, Refresh, tokens.Refresh, TimeSpan.FromSeconds(tokens.RefreshExpiresIn));
        Append(http, Device, tokens.DeviceToken, DeviceLifetime);
        if (options.Pages.AccessCookie)
            http.Response.Cookies.Append(AccessNameOf(http.Request), tokens.Access, AccessOptions(http.Request, TimeSpan.FromSeconds(tokens.ExpiresIn)));
    }

    /// <summary>The device stays known.</summary>
    public void EndSession(HttpContext http)
    {
        Append(http, Refresh, "", TimeSpan.Zero);
        if (options.Pages.AccessCookie)
            http.Response.Cookies.Append(AccessNameOf(http.Request), "", AccessOptions(http.Request, TimeSpan.Zero));
    }

    private void Append(HttpContext http, string name, string value, TimeSpan maxAge) => http.Response.Cookies.Append(NameOf(http.Request, name), value, new()
    {
        HttpOnly = true,
        SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Strict,
        Path = _path,
        Secure = IsPageOnHttps(http.Request),
        MaxAge = maxAge,
    });

    private static CookieOptions AccessOptions(HttpRequest request, TimeSpan maxAge) => new()
    {
        HttpOnly = true,
        SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax,
        Path = "/",
        Secure = IsPageOnHttps(request),
        MaxAge = maxAge,
    };

    private static string NameOf(HttpRequest request, string name) => IsPageOnHttps(request) ? Secure + name : name;

    private static string AccessNameOf(HttpRequest request) => IsPageOnHttps(request) ? OfHost + Access : Access;

    /// <summary>As the browser sees it: a proxy in between may end TLS.</summary>
    private static bool IsPageOnHttps(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && origin.StartsWith("https:", StringComparison.Ordinal);

    /// <summary>The value as it was sent; none where the name is there twice: of two, one may be somebody else's.</summary>
    private static string? Read(HttpRequest request, string name)
    {
        if (!CookieHeaderValue.TryParseList(request.Headers.Cookie, out var cookies))
            return null;
        var values = cookies.Where(cookie => cookie.Name.Equals(name, StringComparison.Ordinal)).Take(2).ToArray();
        return values is [{ Value.Length: > 0 } one] ? one.Value.ToString() : null;
    }
}
