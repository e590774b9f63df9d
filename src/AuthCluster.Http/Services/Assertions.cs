using System.Collections.Concurrent;
using AuthCluster.Accounts;
using AuthCluster.Keys;
using AuthCluster.Tokens;

namespace AuthCluster.Http.Services;

/// <summary>
/// Signed assertions for services behind a proxy, kept for as long as they are good for: a signature costs more than the check of a token. One is
/// given again only while the account's standing is the very object that it was made from, so it never says what is true no longer.
/// </summary>
internal sealed class Assertions
{
    /// <summary>Printable ASCII, as audiences are in practice.</summary>
    public const int AudienceLimit = 256;

    private const int GenerationSize = 50_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>The least that a service has to read it.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(30);

    private readonly TwoGenerations<ConcurrentDictionary<(Guid Session, string Audience), Assertion>> _known = new(() => new());
    private readonly TokenIssuer _issuer;
    private readonly TimeProvider _time;

    public Assertions(TokenIssuer issuer, KeyRing keys, TimeProvider time)
    {
        (_issuer, _time) = (issuer, time);
        keys.KeysRetired += (_, _) => _known.Clear();
    }

    public string For(Standing standing, SessionStanding session, string audience)
    {
        var now = _time.GetUtcNow();
        var (key, generations) = ((session.Id, audience), _known.Current);
        if ((generations.Younger.TryGetValue(key, out var known) || generations.Elder.TryGetValue(key, out known))
            && ReferenceEquals(known.Standing, standing) && now + Reserve < known.Expires)
            return known.Text;
        var expires = now + Lifetime;
        var made = new Assertion(_issuer.Assert(standing, session, audience, now, expires.ToUnixTimeSeconds()), standing, expires);
        if (generations.Younger.Count >= GenerationSize)
            _known.Succeed(generations);
        generations.Younger[key] = made;
        return made.Text;
    }

    private sealed record Assertion(string Text, Standing Standing, DateTimeOffset Expires);
}
