using System.Collections.Immutable;
using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Keys;
using AuthCluster.Options;

namespace AuthCluster.Tokens;

/// <summary>Reads tokens that this deployment issued, strictly, and nothing else. No input makes it throw.</summary>
/// <remarks>
/// With <see cref="TokenOptions.Encrypt"/> on, only encrypted tokens are accepted, so those issued before it was turned on no longer are: a
/// layer that may be left out protects nothing.
/// </remarks>
public sealed class TokenReader
{
    /// <summary>Characters. Checked before anything is parsed; the longest token that is issued has about half of it.</summary>
    public const int LengthLimit = 16_384;

    /// <summary>How far the clocks of the nodes may be apart.</summary>
    private const long ClockSkewSeconds = 60;

    private static readonly JsonDocumentOptions StrictJson = new() { AllowDuplicateProperties = false };

    private readonly KeyRing _ring;
    private readonly TimeProvider _time;
    private readonly string _issuer;
    private readonly string _audience;
    private readonly CompactEncryption? _encryption;

    public TokenReader(KeyRing ring, MasterKey master, TokenOptions options, string issuer, TimeProvider time)
    {
        _ring = ring;
        _time = time;
        _issuer = issuer;
        _audience = options.Audience;
        _encryption = CompactEncryption.For(options, master);
    }

    /// <summary><c>null</c> for everything that is not a living token of this kind.</summary>
    public VerifiedToken? Read(ReadOnlySpan<char> token, TokenKind kind) => Decrypted(token, out var signed) ? ReadSigned(signed, kind) : null;

    /// <summary>Reads a token of either kind that a session has.</summary>
    public VerifiedToken? ReadAny(ReadOnlySpan<char> token) => Decrypted(token, out var signed) ? ReadSigned(signed, kind: null) : null;

    /// <summary>A living challenge; <c>null</c> for everything else. Whether the account still stands by it is another question.</summary>
    public Challenge? ReadChallenge(ReadOnlySpan<char> token) => Decrypted(token, out var signed) ? ReadSignedChallenge(signed) : null;

    /// <summary>The claims of a token that was verified, as UTF-8 JSON. Verifies nothing itself.</summary>
    public byte[]? Payload(ReadOnlySpan<char> token) =>
        Decrypted(token, out var signed) && CompactJws.TrySplit(signed, out var parts) ? StrictBase64Url.Decode(parts.Payload) : null;

    private bool Decrypted(ReadOnlySpan<char> token, out ReadOnlySpan<char> signed)
    {
        signed = default;
        if (token.Length > LengthLimit)
            return false;
        signed = _encryption is null ? token : _encryption.Decrypt(token);
        return !signed.IsEmpty;
    }

    private VerifiedToken? ReadSigned(ReadOnlySpan<char> token, TokenKind? kind)
    {
        if (!CompactJws.TrySplit(token, out var parts) || TokenHeader.Parse(parts.Header) is not { } header)
            return null;
        if (TokenKinds.FromType(header.Type) is not { } headerKind || (kind ?? headerKind) != headerKind)
            return null;
        if (PayloadOf(parts, header, out var key) is not { } payload)
            return null;
        return Parse(payload, claims => ReadClaims(claims, headerKind, key)) is { } verified && verified.IsLive(_time.GetUtcNow()) ? verified : null;
    }

    private Challenge? ReadSignedChallenge(ReadOnlySpan<char> token)
    {
        if (!CompactJws.TrySplit(token, out var parts) || TokenHeader.Parse(parts.Header) is not { Type: TokenKinds.ChallengeType } header)
            return null;
        return PayloadOf(parts, header, out _) is { } payload && Parse(payload, ReadChallengeClaims) is { } challenge
            && _time.GetUtcNow() < challenge.Expires
            ? challenge
            : null;
    }

    /// <summary>The payload; <c>null</c> where the signature is not one of ours.</summary>
    private byte[]? PayloadOf(CompactJws parts, TokenHeader header, out SigningKey key)
    {
        key = null!;
        // The key says which algorithm it is for, never the header alone: else a public key could be used as an HMAC key (RFC 8725 section 2.1).
        if (_ring.Find(header.KeyId) is not { } found || header.Algorithm != found.AlgorithmName || !parts.IsSignedBy(found))
            return null;
        key = found;
        return StrictBase64Url.Decode(parts.Payload);
    }

    private static T? Parse<T>(byte[] payload, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(payload, StrictJson);
            return document.RootElement is { ValueKind: JsonValueKind.Object } claims ? read(claims) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Signed by us and yet not readable: somebody else signs with a shared key, carelessly.
            return null;
        }
    }

    private VerifiedToken? ReadClaims(JsonElement claims, TokenKind kind, SigningKey key)
    {
        if (ReadOrigin(claims) is not { } origin || Id(claims, ClaimNames.Session) is not { } session)
            return null;
        if (Number(claims, ClaimNames.Rotation) is not { } rotation || rotation is < 1 or > int.MaxValue)
            return null;
        var authenticated = Number(claims, ClaimNames.AuthenticatedAt);
        var methods = Texts(claims, ClaimNames.Methods);
        var isWhole = kind switch
        {
            TokenKind.Access => authenticated is not null && methods is not null,
            TokenKind.Refresh => true,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
        };
        if (!isWhole)
            return null;
        return new VerifiedToken
        {
            Kind = kind,
            AccountId = origin.Account,
            SessionId = session,
            TokenId = origin.TokenId,
            Secret = origin.Secret,
            Rotation = (int)rotation,
            IssuedAt = origin.Issued,
            ExpiresAt = origin.Expires,
            AuthenticatedAt = authenticated,
            Methods = methods ?? [],
            Key = key,
        };
    }

    private Challenge? ReadChallengeClaims(JsonElement claims)
    {
        // Written where the login named them.
        var hasDevice = claims.TryGetProperty(ClaimNames.Device, out _);
        if (ReadOrigin(claims) is not { } origin || hasDevice != Id(claims, ClaimNames.Device) is not null
            || origin.Expires < 0 || origin.Expires > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return null;
        return new Challenge(
            origin.Account,
            origin.TokenId,
            origin.Secret,
            DateTimeOffset.FromUnixTimeSeconds(origin.Expires),
            Id(claims, ClaimNames.Device),
            Text(claims, ClaimNames.DeviceName));
    }

    /// <summary>What tokens of every kind say; <c>null</c> where it is not for us, or not yet good.</summary>
    private Origin? ReadOrigin(JsonElement claims)
    {
        if (Text(claims, ClaimNames.Issuer) != _issuer || Text(claims, ClaimNames.Audience) != _audience)
            return null;
        if (Id(claims, ClaimNames.Subject) is not { } account || Id(claims, ClaimNames.TokenId) is not { } tokenId
            || Id(claims, ClaimNames.Secret) is not { } secret)
            return null;
        if (Number(claims, ClaimNames.Expires) is not { } expires || Number(claims, ClaimNames.IssuedAt) is not { } issued || IsAhead(issued))
            return null;
        // Never written here, but another program that shares the key may mean it.
        if (claims.TryGetProperty(ClaimNames.NotBefore, out _) && (Number(claims, ClaimNames.NotBefore) is not { } notBefore || IsAhead(notBefore)))
            return null;
        return new Origin(account, tokenId, secret, issued, expires);
    }

    private bool IsAhead(long second) => second > _time.GetUtcNow().ToUnixTimeSeconds() + ClockSkewSeconds;

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Guid? Id(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetGuid(out var id) ? id : null;

    private static long? Number(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static ImmutableArray<string>? Texts(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var values) || values.ValueKind != JsonValueKind.Array)
            return null;
        var texts = ImmutableArray.CreateBuilder<string>(values.GetArrayLength());
        foreach (var value in values.EnumerateArray())
        {
            if (value.ValueKind != JsonValueKind.String)
                return null;
            texts.Add(value.GetString()!);
        }

        return texts.MoveToImmutable();
    }

    private readonly record struct Origin(Guid Account, Guid TokenId, Guid Secret, long Issued, long Expires);
}
