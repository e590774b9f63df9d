using System.Collections.Immutable;
using System.Net;

namespace AuthCluster.Accounts;

/// <summary>The immutable snapshot of an account that token checks read, with no lock, no turn and no I/O.</summary>
public sealed record Standing
{
    public required Guid AccountId { get; init; }

    /// <summary><c>null</c> where the account has none.</summary>
    public required string? Email { get; init; }

    public string? Username { get; init; }

    /// <summary>Whether the owner of the address has confirmed it.</summary>
    public required bool EmailVerified { get; init; }

    public required bool Active { get; init; }

    public required Guid AccessSecret { get; init; }

    public required Guid RefreshSecret { get; init; }

    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>Whether a second factor is on.</summary>
    public bool MfaEnabled { get; init; }

    public required ImmutableArray<SessionStanding> Sessions { get; init; }

    /// <summary>Which tokens of the system that the user comes from are good.</summary>
    public LegacyTokens Legacy { get; init; } = LegacyTokens.None;

    /// <inheritdoc cref="AccountState.DisplayName"/>
    public string DisplayName => Email ?? Username ?? "";

    public static Standing Of(AccountState state) => new()
    {
        AccountId = state.Id,
        Email = state.Email,
        Username = state.Username,
        EmailVerified = state.EmailVerified,
        Active = state.Active,
        AccessSecret = state.AccessSecret,
        RefreshSecret = state.RefreshSecret,
        Roles = state.Roles,
        MfaEnabled = state.Totp is not null,
        Sessions = ImmutableArray.CreateRange(state.Sessions, SessionStanding.Of),
        Legacy = state.Legacy,
    };

    /// <summary>Whether the standing of this state would say the same.</summary>
    public bool Shows(AccountState state) =>
        Email == state.Email
        && Username == state.Username
        && EmailVerified == state.EmailVerified
        && Active == state.Active
        && AccessSecret == state.AccessSecret
        && RefreshSecret == state.RefreshSecret
        && Roles.SequenceEqual(state.Roles)
        && MfaEnabled == state.Totp is not null
        && Legacy.Says(state.Legacy)
        && Sessions.Length == state.Sessions.Length
        && Sessions.Zip(state.Sessions).All(pair => pair.First.Shows(pair.Second));

    /// <summary>
    /// The same as <see cref="AccountState.SessionOf"/>, but for the end of the session: no token is issued that outlives it, and a check
    /// compares the token's own times.
    /// </summary>
    public SessionStanding? SessionOf(TokenKind kind, Guid id, in Guid secret) =>
        Active && Secret.Matches(SecretOf(kind), secret) ? FindSession(id) : null;

    public SessionStanding? FindSession(Guid id)
    {
        foreach (var session in Sessions)
        {
            if (session.Id == id)
                return session;
        }

        return null;
    }

    private Guid SecretOf(TokenKind kind) => kind switch
    {
        TokenKind.Access => AccessSecret,
        TokenKind.Refresh => RefreshSecret,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}

/// <summary>What a token check needs to know of one session.</summary>
public sealed class SessionStanding
{
    private int _sightingReported;
    private int _mismatchReported;
    private IPAddress? _lastMatched;

    public required Guid Id { get; init; }

    public required string Family { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    public required int Rotation { get; init; }

    public required bool NewestSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>When the owner proved to be the owner.</summary>
    public DateTimeOffset Authenticated { get; init; }

    /// <summary>By what (<see cref="AuthenticationMethods"/>).</summary>
    public ImmutableArray<string> Methods { get; init; } = [];

    public static SessionStanding Of(Session session) => new()
    {
        Id = session.Id,
        Family = session.Family,
        Address = session.Address,
        UserAgent = session.UserAgent,
        Rotation = session.Rotation.Number,
        NewestSeen = session.Rotation.Seen,
        LastSeen = session.LastSeen,
        Authenticated = session.Authenticated,
        Methods = session.Methods,
    };

    public bool Shows(Session session) =>
        Id == session.Id
        && Family == session.Family
        && Address == session.Address
        && UserAgent == session.UserAgent
        && Rotation == session.Rotation.Number
        && NewestSeen == session.Rotation.Seen
        && LastSeen == session.LastSeen
        && Authenticated == session.Authenticated
        && Methods.SequenceEqual(session.Methods);

    /// <summary>Whether the session belongs to that address. The one that matched last is compared without being written out.</summary>
    public bool IsAt(IPAddress address)
    {
        if (address.Equals(_lastMatched))
            return true;
        Span<char> text = stackalloc char[64];
        if (!address.TryFormat(text, out var length) || !text[..length].SequenceEqual(Address))
            return false;
        _lastMatched = address;
        return true;
    }

    /// <summary>True for one caller only: the account hears of a sighting once, not with every request until it has saved it.</summary>
    public bool ClaimSightingReport() => _sightingReported == 0 && Interlocked.Exchange(ref _sightingReported, 1) == 0;

    /// <summary>Lets the next sighting be reported: this report did not arrive.</summary>
    public void RenewSightingReport() => Volatile.Write(ref _sightingReported, 0);

    /// <summary>True for one caller only, so that a mismatch is logged once and not with every request.</summary>
    public bool ClaimMismatchReport() => _mismatchReported == 0 && Interlocked.Exchange(ref _mismatchReported, 1) == 0;
}
