using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.RateLimits;
using AuthCluster.Http.Settings;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Services;

/// <summary>Who of <c>Services:N</c> calls, by HTTP Basic (RFC 6749 section 2.3.1, RFC 7617).</summary>
internal sealed class ServiceCredentials
{
    private const int HeaderLimit = 2048;

    private readonly List<(byte[] Id, byte[] SecretHash)> _services;
    private readonly AddressLimiter _limiter;

    public ServiceCredentials(IReadOnlyList<ServiceOptions> services, AddressLimiter limiter)
    {
        _limiter = limiter;
        _services = [.. services.Select(service => (Hash(service.Id!), HashOf(service)))];
    }

    /// <summary>Why the caller is refused; <c>null</c> for a service. Wrong guesses count against the address limit.</summary>
    public Problem? Refuse(HttpContext http)
    {
        if (http.Request.Headers.Authorization is not [{ } header])
            return Refused(http, Problems.NotAuthenticated);
        if (IsService(header))
            return null;
        return _limiter.Count(http.Client().Address) is { } wait ? Problems.TooManyAttempts(wait) : Refused(http, Problems.WrongService);
    }

    /// <summary>The same where credentials may be left out.</summary>
    public Problem? RefuseWrong(HttpContext http) => http.Request.Headers.Authorization.Count == 0 ? null : Refuse(http);

    private static Problem Refused(HttpContext http, Problem problem)
    {
        http.Response.Headers.WWWAuthenticate = "Basic realm=\"authcluster\", charset=\"UTF-8\"";
        return problem;
    }

    private bool IsService(string header)
    {
        if (!TryRead(header, out var id, out var secret))
            return false;
        var (idHash, secretHash) = (Hash(id), Hash(secret));
        var found = false;
        // Every service is compared with, so that the time tells neither which ids there are nor how near a secret is.
        foreach (var service in _services)
        {
            found |= CryptographicOperations.FixedTimeEquals(service.Id, idHash)
                & CryptographicOperations.FixedTimeEquals(service.SecretHash, secretHash);
        }

        return found;
    }

    private static bool TryRead(string header, out string id, out string secret)
    {
        (id, secret) = ("", "");
        if (header.Length > HeaderLimit || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return false;
        var encoded = header.AsSpan("Basic ".Length).Trim(' ');
        if (!Base64.IsValid(encoded))
            return false;
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(encoded.ToString()));
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return false;
        // OAuth clients form-encode both parts. Clients that do not are understood as well: neither an id nor a generated secret has a % or +.
        (id, secret) = (Decoded(text[..colon]), Decoded(text[(colon + 1)..]));
        return true;
    }

    private static string Decoded(string part) => part.Contains('%', StringComparison.Ordinal) ? WebUtility.UrlDecode(part) : part;

    private static byte[] HashOf(ServiceOptions service) =>
        service.SecretHash is { } hash ? Convert.FromHexString(hash) : Hash(service.Secret!);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
