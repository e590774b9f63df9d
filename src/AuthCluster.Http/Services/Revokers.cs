using System.Security.Cryptography;
using System.Text;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.RateLimits;
using AuthCluster.Http.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AuthCluster.Http.Services;

/// <summary>
/// Who of <c>Revokers:N</c> calls, by a JWT for this endpoint that is good once and for five minutes at most. Key sets hold public keys, so that nothing
/// stored here lets anybody sign as one of them.
/// </summary>
internal sealed class Revokers : IDisposable
{
    public const string Path = "/oauth/global-token-revocation";

    private const int HeaderLimit = 8 * 1024;
    private const int IdLimit = 256;

    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KeysPatience = TimeSpan.FromSeconds(2);

    /// <summary>What is signed for another purpose says so (RFC 8725 section 3.11).</summary>
    private static readonly string[] Types = ["JWT", "global-token-revocation+jwt"];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = HeaderLimit };
    private readonly HttpClient _http;
    private readonly List<Known> _known;
    private readonly AddressLimiter _limiter;
    private readonly PublicAddress _address;
    private readonly ISpentIds _spent;
    private readonly TimeProvider _time;
    private readonly string _issuer;

    public Revokers(AuthClusterOptions options, AddressLimiter limiter, PublicAddress address, ISpentIds spent, TimeProvider time)
    {
        (_limiter, _address, _spent, _time, _issuer) = (limiter, address, spent, time, options.Issuer);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        _http = new HttpClient(handler, disposeHandler: true) { Timeout = KeysPatience, MaxResponseContentBufferSize = 64 * 1024 };
        _known = [.. options.Revokers.Select(revoker => new Known(
            revoker.Issuer!, new RevokerKeys(revoker.Keys!, _http, time), [.. revoker.Domains.Select(domain => RevokerOptions.CanonicalDomain(domain)!)]))];
    }

    public static bool IsAsked(HttpContext http) =>
        http.Request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    /// <summary>Who signed the request's JWT; <c>null</c> for everybody else.</summary>
    /// <exception cref="StateUnavailableException">The keys to compare with are out of reach.</exception>
    public async Task<RevokerWord?> ReadAsync(HttpContext http)
    {
        var token = http.Request.Headers.Authorization.ToString()["Bearer ".Length..].Trim(' ');
        if (token.Length > HeaderLimit || !_handler.CanReadToken(token) || Parse(token) is not { } claimed)
            return null;
        if (_known.Find(known => string.Equals(known.Issuer, claimed.Issuer, StringComparison.Ordinal)) is not { } revoker)
            return null;
        var result = await _handler.ValidateTokenAsync(token, ParametersFor(revoker, await revoker.Keys.AllAsync(claimed.Kid)));
        if (!result.IsValid || result.SecurityToken is not JsonWebToken { Id: { Length: > 0 and <= IdLimit } id } verified)
            return null;
        return new RevokerWord(revoker.Domains, SHA256.HashData(Encoding.UTF8.GetBytes($"{revoker.Issuer}\n{id}")), new DateTimeOffset(verified.ValidTo, TimeSpan.Zero));
    }

    /// <summary>Uses the word. False where it was used before.</summary>
    public Task<bool> TrySpendAsync(RevokerWord word) => _spent.TrySpendAsync(word.IdHash, word.Until);

    /// <summary>Wrong ones count against the address limit.</summary>
    public Problem Refuse(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return _limiter.Count(http.Client().Address) is { } wait ? Problems.TooManyAttempts(wait) : Problems.TokenNotValid;
    }

    public void Dispose()
    {
        _known.ForEach(known => known.Keys.Dispose());
        _http.Dispose();
    }

    private static JsonWebToken? Parse(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        catch (Exception fault) when (fault is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private TokenValidationParameters ParametersFor(Known revoker, IReadOnlyList<SecurityKey> keys) => new()
    {
        ValidIssuer = revoker.Issuer,
        ValidAudiences = [$"{_address.Url}{Path}", _issuer],
        IssuerSigningKeys = keys,
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = ["ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
        TypeValidator = (type, _, _) => type is null || Types.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? type ?? ""
            : throw new SecurityTokenInvalidTypeException("The JWT is for something else."),
        LifetimeValidator = (notBefore, expires, token, _) => IsAlive(notBefore, expires, ((JsonWebToken)token).IssuedAt),
    };

    /// <summary>Five minutes from its making, so that the ids to remember are few.</summary>
    private bool IsAlive(DateTime? notBefore, DateTime? expires, DateTime issued)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return expires is { } end && issued != DateTime.MinValue && end - issued <= LongestLife && now < end
            && issued <= now + ClockSkew && (notBefore is not { } begin || begin <= now + ClockSkew);
    }

    private sealed record Known(string Issuer, RevokerKeys Keys, IReadOnlyList<string> Domains);
}

/// <summary>A revoker's word, which is good once.</summary>
/// <param name="Domains">Whose users it is about, canonical.</param>
/// <param name="Until">When nobody takes it any more.</param>
internal sealed record RevokerWord(IReadOnlyList<string> Domains, byte[] IdHash, DateTimeOffset Until)
{
    /// <param name="email">Canonical.</param>
    public bool IsAbout(string email) => Domains.Contains(email[(email.LastIndexOf('@') + 1)..], StringComparer.Ordinal);
}
