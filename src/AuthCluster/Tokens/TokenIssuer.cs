using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Keys;
using AuthCluster.Options;

namespace AuthCluster.Tokens;

/// <summary>A pair of tokens, and how many seconds each lives from now.</summary>
public sealed record IssuedTokens(string Access, string Refresh, int AccessSeconds, int RefreshSeconds);

/// <summary>Writes and signs tokens.</summary>
public sealed class TokenIssuer
{
    /// <summary>RFC 9068 requires <c>client_id</c>; here the client is always the front door itself.</summary>
    private const string ClientId = "authcluster";

    private readonly KeyRing _ring;
    private readonly TokenOptions _options;
    private readonly string _issuer;
    private readonly CompactEncryption? _encryption;
    private readonly ImmutableArray<string> _profileClaims;

    /// <param name="issuer"><c>iss</c>: the one of the settings, or what stands in for it.</param>
    public TokenIssuer(KeyRing ring, MasterKey master, TokenOptions options, string issuer)
    {
        _ring = ring;
        _options = options;
        _issuer = issuer;
        _encryption = CompactEncryption.For(options, master);
        _profileClaims = [.. options.ProfileClaims.Where(name => !ClaimNames.IsOwn(name)).Distinct()];
    }

    /// <summary>
    /// The access token is always a new one. The refresh token is the newest of the session as the account recorded it: issued again, it has the
    /// same <c>jti</c>, <c>iat</c> and <c>exp</c>.
    /// </summary>
    public IssuedTokens Issue(Grant grant)
    {
        var now = grant.At;
        var rotation = grant.Session.Rotation;
        var access = new Lifetime(now, Earlier(now + _options.AccessLifetime, grant.SessionEnd));
        var refresh = new Lifetime(rotation.Issued, Earlier(rotation.Expires, grant.SessionEnd));
        return new IssuedTokens(
            Write(TokenKind.Access.Type(), json => WriteAccess(json, grant, access)),
            Write(TokenKind.Refresh.Type(), json => WriteRefresh(json, grant, refresh)),
            access.SecondsFrom(now),
            refresh.SecondsFrom(now));
    }

    public string Issue(Challenge challenge) => Write(TokenKinds.ChallengeType, json =>
    {
        WriteOrigin(json, challenge.AccountId, challenge.Id, challenge.Secret);
        var lifetime = new Lifetime(challenge.Expires - Challenge.Lifetime, challenge.Expires);
        json.WriteNumber(ClaimNames.IssuedAt, lifetime.Begin);
        json.WriteNumber(ClaimNames.Expires, lifetime.End);
        if (challenge.Device is { } device)
            json.WriteString(ClaimNames.Device, device);
        if (challenge.DeviceName is { } name)
            json.WriteString(ClaimNames.DeviceName, name);
    });

    /// <summary>
    /// Says to a service behind a proxy who the caller is, so that it need not believe headers that anybody could send. Signed and never
    /// encrypted: the service has the public keys alone.
    /// </summary>
    /// <param name="expires">Unix seconds.</param>
    public string Assert(Standing standing, SessionStanding session, string audience, DateTimeOffset now, long expires) =>
        Sign(TokenKinds.AssertionType, json =>
        {
            json.WriteString(ClaimNames.Issuer, _issuer);
            json.WriteString(ClaimNames.Audience, audience);
            json.WriteString(ClaimNames.Subject, standing.AccountId);
            json.WriteString(ClaimNames.Session, session.Id);
            if (standing.Email is { } email)
                json.WriteString(ClaimNames.Email, email);
            json.WriteBoolean(ClaimNames.EmailVerified, standing.EmailVerified);
            WriteArray(json, ClaimNames.Roles, standing.Roles);
            WriteArray(json, ClaimNames.Methods, session.Methods);
            json.WriteNumber(ClaimNames.IssuedAt, now.ToUnixTimeSeconds());
            json.WriteNumber(ClaimNames.Expires, expires);
        });

    private string Write(string type, Action<Utf8JsonWriter> claims)
    {
        var signed = Sign(type, claims);
        return _encryption?.Encrypt(signed) ?? signed;
    }

    private string Sign(string type, Action<Utf8JsonWriter> claims)
    {
        var payload = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(payload))
        {
            json.WriteStartObject();
            claims(json);
            json.WriteEndObject();
        }

        return CompactJws.Write(_ring.Current, type, payload.WrittenSpan);
    }

    private void WriteAccess(Utf8JsonWriter json, Grant grant, Lifetime lifetime)
    {
        WriteCommon(json, grant, Secret.New(), grant.AccessSecret, lifetime);
        json.WriteString(ClaimNames.Client, ClientId);
        json.WriteNumber(ClaimNames.AuthenticatedAt, grant.Session.Authenticated.ToUnixTimeSeconds());
        WriteArray(json, ClaimNames.Methods, grant.Session.Methods);
        WriteArray(json, ClaimNames.Roles, grant.Account.Roles);
        WriteProfile(json, grant.Account);
    }

    private void WriteRefresh(Utf8JsonWriter json, Grant grant, Lifetime lifetime) =>
        WriteCommon(json, grant, grant.Session.Rotation.TokenId, grant.RefreshSecret, lifetime);

    private void WriteCommon(Utf8JsonWriter json, Grant grant, Guid tokenId, Guid secret, Lifetime lifetime)
    {
        WriteOrigin(json, grant.Account.Id, tokenId, secret);
        json.WriteString(ClaimNames.Session, grant.Session.Id);
        json.WriteNumber(ClaimNames.Rotation, grant.Session.Rotation.Number);
        json.WriteNumber(ClaimNames.IssuedAt, lifetime.Begin);
        json.WriteNumber(ClaimNames.Expires, lifetime.End);
    }

    private void WriteOrigin(Utf8JsonWriter json, Guid account, Guid tokenId, Guid secret)
    {
        json.WriteString(ClaimNames.Issuer, _issuer);
        json.WriteString(ClaimNames.Audience, _options.Audience);
        json.WriteString(ClaimNames.Subject, account);
        json.WriteString(ClaimNames.TokenId, tokenId);
        json.WriteString(ClaimNames.Secret, secret);
    }

    // An array also where there is one: readers that expect a list would take a lone string apart, or miss it.
    private static void WriteArray(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private void WriteProfile(Utf8JsonWriter json, AccountView account)
    {
        if (_profileClaims.IsEmpty)
            return;
        using var profile = JsonDocument.Parse(account.Profile.Json);
        foreach (var name in _profileClaims)
        {
            // The account's own, never a profile member of that name: services take the address for confirmed, and the user name for unique.
            if (name is ClaimNames.Email or ClaimNames.Username)
            {
                if ((name == ClaimNames.Email ? account.Email : account.Username) is { } own)
                    json.WriteString(name, own);
            }
            else if (name == ClaimNames.EmailVerified)
            {
                json.WriteBoolean(name, account.EmailVerified);
            }
            else if (profile.RootElement.TryGetProperty(name, out var value))
            {
                json.WritePropertyName(name);
                json.WriteRawValue(value.GetRawText());
            }
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    /// <summary>Whole Unix seconds, as JWTs carry them.</summary>
    private readonly record struct Lifetime(long Begin, long End)
    {
        public Lifetime(DateTimeOffset begin, DateTimeOffset end)
            : this(begin.ToUnixTimeSeconds(), end.ToUnixTimeSeconds())
        {
        }

        public int SecondsFrom(DateTimeOffset now) => (int)Math.Clamp(End - now.ToUnixTimeSeconds(), 0, int.MaxValue);
    }
}
