using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Options;

namespace AuthCluster.Tokens.Legacy;

/// <summary>One system that users come from: its key, and how it writes tokens.</summary>
internal sealed class LegacyIssuer(LegacyOptions options)
{
    private const string Django = "django";
    private const string Identity = "identity";

    /// <summary>ASP.NET writes the id of a user under one of these, by the age of its handler.</summary>
    private static readonly string[] IdentityUserClaims =
        ["sub", "nameid", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier"];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly LegacyKey _key = LegacyKey.Read(options.Key!);
    private readonly DateTimeOffset? _until = options.UntilTime;

    public LegacyToken? Read(CompactJws token, DateTimeOffset now)
    {
        if (now >= _until || StrictBase64Url.Decode(token.Header) is not { } header || StrictBase64Url.Decode(token.Payload) is not { } payload)
            return null;
        if (Parse(header) is not { } head || Text(head, "alg") is not { } algorithm || head.TryGetProperty("crit", out _))
            return null;
        // Claims are read only once they are known to be the other system's.
        if (!token.IsSigned((data, signature) => _key.Verifies(algorithm, data, signature)) || Parse(payload) is not { } claims)
            return null;
        return Read(claims, token.Signed.ToString(), payload, now);
    }

    private LegacyToken? Read(JsonElement claims, string signed, byte[] payload, DateTimeOffset now)
    {
        if (options.Issuer is { } issuer && Text(claims, "iss") != issuer)
            return null;
        if (Time(claims, "exp") is not { } expires || now >= expires || (claims.TryGetProperty("nbf", out _) && !(Time(claims, "nbf") <= now)))
            return null;
        // One that does not say when it was issued is as old as can be, and dies with the first log-out.
        var issued = Time(claims, "iat") ?? Time(claims, "orig_iat") ?? DateTimeOffset.UnixEpoch;
        if (issued > now || AccountOf(claims) is not { } account || KindOf(claims) is not { } isAccess)
            return null;
        var jti = Text(claims, "jti");
        // The other system's own black list names the jti: there is always one.
        if (jti is null && options.Kind == LegacyOptions.SimpleJwt)
            return null;
        return new LegacyToken(account, new LegacyProof(LegacyTokenId.Of(jti ?? signed), issued, expires), isAccess, payload);
    }

    private Guid? AccountOf(JsonElement claims)
    {
        if (options.Kind == LegacyOptions.Identity)
            return IdentityUserClaims.Select(name => Text(claims, name)).FirstOrDefault(id => id is not null) is { } id ? ImportedId.Of(Identity, id) : null;
        return IdText(claims, "user_id") is { } user ? ImportedId.Of(Django, user) : null;
    }

    /// <summary>Whether it is an access token, which all are that do not say; <c>null</c> where it is of a kind that opens nothing.</summary>
    private bool? KindOf(JsonElement claims) => options.Kind != LegacyOptions.SimpleJwt ? true : Text(claims, "token_type") switch
    {
        "access" => true,
        "refresh" => false,
        _ => null,
    };

    private static JsonElement? Parse(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement claims, string name)
    {
        try
        {
            return claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate is no text.
            return null;
        }
    }

    private static string? IdText(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Text(claims, name);

    /// <summary>Unix seconds, which some libraries write with a fraction.</summary>
    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and < 1e11
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;
}
