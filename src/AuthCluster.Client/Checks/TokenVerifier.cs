using System.Collections.Concurrent;
using System.Security.Claims;
using AuthCluster.Client.Server;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AuthCluster.Client.Checks;

/// <summary>What can be said of a token without asking about it.</summary>
internal enum Reading
{
    /// <summary>It is none of the server's access tokens.</summary>
    Wrong,

    Verified,

    /// <summary>Only the server can read it: it is encrypted, or signed with a key that the server shares with nobody.</summary>
    ForServer,

    /// <summary>The server's keys are not known here.</summary>
    KeysUnknown,
}

/// <summary>Verifies signatures, and remembers which were right.</summary>
internal sealed class TokenVerifier(SigningKeys keys, IOptionsMonitor<AuthClusterBearerOptions> options)
{
    private const int LengthLimit = 16 * 1024;
    private const string AccessTokenType = "at+jwt";

    private static readonly string[] Algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256];
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LengthLimit };

    private readonly AuthClusterBearerOptions _options = options.Get(AuthClusterBearerDefaults.AuthenticationScheme);
    private ConcurrentDictionary<string, VerifiedToken> _younger = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, VerifiedToken> _elder = new(StringComparer.Ordinal);

    /// <summary>A token that was verified before.</summary>
    public VerifiedToken? Find(string token) =>
        _younger.TryGetValue(token, out var known) || (!_elder.IsEmpty && _elder.TryGetValue(token, out known)) ? known : null;

    public async ValueTask<(Reading Reading, VerifiedToken? Token)> VerifyAsync(string token)
    {
        if (token.Length > LengthLimit || !Handler.CanReadToken(token))
            return (Reading.Wrong, null);
        JsonWebToken read;
        try
        {
            read = new JsonWebToken(token);
        }
        catch (ArgumentException)
        {
            return (Reading.Wrong, null);
        }

        if (read.IsEncrypted || read.Alg == SecurityAlgorithms.HmacSha256)
            return (Reading.ForServer, null);
        if (!Algorithms.Contains(read.Alg, StringComparer.Ordinal) || string.IsNullOrEmpty(read.Kid))
            return (Reading.Wrong, null);
        if (await keys.FindAsync(read.Kid) is not { } found)
            return (keys.AreKnown ? Reading.Wrong : Reading.KeysUnknown, null);
        return await TryVerifyAsync(read, found) is { } verified ? (Reading.Verified, Remember(token, verified)) : (Reading.Wrong, null);
    }

    private async Task<VerifiedToken?> TryVerifyAsync(JsonWebToken token, FoundKey found)
    {
        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidTypes = [AccessTokenType],
            ValidAlgorithms = Algorithms,
            ValidIssuer = _options.Issuer ?? found.Issuer,
            ValidAudience = _options.Audience,
            IssuerSigningKey = found.Key,
            RequireExpirationTime = true,
            // Times are judged on every use, not only on this one.
            ValidateLifetime = false,
        });
        if (!result.IsValid || Text(token, "sid") is not { } session || Text(token, "uuid") is not { } secret || token.IssuedAt == DateTime.MinValue)
            return null;
        return new VerifiedToken(token.Kid, session, secret, TimeOf(token.IssuedAt), TimeOf(token.ValidTo), [.. token.Claims.Select(Detached)]);
    }

    private VerifiedToken Remember(string token, VerifiedToken verified)
    {
        if (_younger.Count >= _options.RememberedTokens / 2)
            (_elder, _younger) = (_younger, new ConcurrentDictionary<string, VerifiedToken>(StringComparer.Ordinal));
        return _younger.GetOrAdd(token, verified);
    }

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var value) && value.Length > 0 ? value : null;

    private static DateTimeOffset TimeOf(DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    private static Claim Detached(Claim claim) => new(claim.Type, claim.Value, claim.ValueType, claim.Issuer);
}
