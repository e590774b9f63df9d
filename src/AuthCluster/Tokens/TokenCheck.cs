using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;
using AuthCluster.Keys;
using AuthCluster.Options;

namespace AuthCluster.Tokens;

/// <summary>
/// The validation path. A token that was verified before costs a look-up, a comparison with the account's standing and nothing else;
/// forged and expired tokens stop before they wake an account.
/// </summary>
/// <remarks>Throws <see cref="StateUnavailableException"/> where the standing is out of reach: that is neither "good" nor "refused".</remarks>
public sealed class TokenCheck(
    KeyRing keys, TokenReader reader, VerifiedTokenCache verifiedTokens, IAccounts accounts, BindingOptions binding, TimeProvider time)
{
    /// <summary>How coarse a session's last-seen time is. Finer would mean more writes: each report is one.</summary>
    public static readonly TimeSpan SightingInterval = TimeSpan.FromMinutes(5);

    private readonly SessionBinding _binding = new(binding);

    /// <summary>A token came from elsewhere than it was handed to. Raised once for each pair of tokens.</summary>
    public event Action<Standing, SessionStanding>? BindingMismatched
    {
        add => _binding.Mismatched += value;
        remove => _binding.Mismatched -= value;
    }

    /// <summary>Judges a token that the client itself presents, so its binding counts.</summary>
    public ValueTask<TokenVerdict> CheckAsync(ReadOnlySpan<char> token, TokenKind kind, ClientFacts client)
    {
        var begun = Telemetry.BeginValidation();
        return Telemetry.Measure(keys.IsCurrent ? CheckNowAsync(token, kind, client) : RefreshedAsync(token.ToString(), kind, client), begun);

        // Parameters of its own: what it captured would be an object, made for every check.
        async ValueTask<TokenVerdict> RefreshedAsync(string token, TokenKind kind, ClientFacts client)
        {
            await keys.EnsureCurrentAsync();
            return await CheckNowAsync(token, kind, client);
        }
    }

    /// <summary>Judges a token of either kind that somebody else asks about.</summary>
    public ValueTask<TokenVerdict> InspectAsync(ReadOnlySpan<char> token)
    {
        var begun = Telemetry.BeginValidation();
        return Telemetry.Measure(keys.IsCurrent ? InspectNowAsync(token) : RefreshedAsync(token.ToString()), begun);

        async ValueTask<TokenVerdict> RefreshedAsync(string token)
        {
            await keys.EnsureCurrentAsync();
            return await InspectNowAsync(token);
        }
    }

    private ValueTask<TokenVerdict> CheckNowAsync(ReadOnlySpan<char> token, TokenKind kind, ClientFacts client)
    {
        var now = time.GetUtcNow();
        var verified = kind switch
        {
            TokenKind.Access => VerifyAccess(token, now),
            TokenKind.Refresh => reader.Read(token, kind),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
        };
        return JudgeAsync(verified, client, now);
    }

    private ValueTask<TokenVerdict> InspectNowAsync(ReadOnlySpan<char> token) =>
        JudgeAsync(reader.ReadAny(token), presentedBy: null, time.GetUtcNow());

    private VerifiedToken? VerifyAccess(ReadOnlySpan<char> token, DateTimeOffset now)
    {
        if (verifiedTokens.Find(token) is { } known)
            return known.IsLive(now) ? known : null;
        if (reader.Read(token, TokenKind.Access) is not { } verified)
            return null;
        verifiedTokens.Add(token, verified);
        return verified;
    }

    private ValueTask<TokenVerdict> JudgeAsync(VerifiedToken? token, ClientFacts? presentedBy, DateTimeOffset now)
    {
        if (token is null)
            return new(TokenVerdict.Refused);
        var standing = accounts.StandingAsync(token.AccountId);
        return standing.IsCompletedSuccessfully
            ? new(Judge(token, standing.Result, presentedBy, now))
            : AwaitAsync(token, standing, presentedBy, now);

        async ValueTask<TokenVerdict> AwaitAsync(VerifiedToken token, ValueTask<Standing?> standing, ClientFacts? presentedBy, DateTimeOffset now) =>
            Judge(token, await standing, presentedBy, now);
    }

    private TokenVerdict Judge(VerifiedToken token, Standing? standing, ClientFacts? presentedBy, DateTimeOffset now)
    {
        if (standing?.SessionOf(token.Kind, token.SessionId, token.Secret) is not { } session)
            return TokenVerdict.Refused;
        if (presentedBy is { } client && !_binding.Allows(token.Kind, standing, session, client))
            return TokenVerdict.Refused;
        // A refresh token that its client presents is about to be rotated, and that turn notes what a report would.
        if (presentedBy is null || token.Kind != TokenKind.Refresh)
            ReportSighting(token, session, now);
        return new(token, standing);
    }

    private void ReportSighting(VerifiedToken token, SessionStanding session, DateTimeOffset now)
    {
        var firstOfNewest = !session.NewestSeen && token.Rotation == session.Rotation;
        if ((firstOfNewest || now - session.LastSeen >= SightingInterval) && session.ClaimSightingReport())
            _ = ReportAsync(token, session);
    }

    private async Task ReportAsync(VerifiedToken token, SessionStanding session)
    {
        try
        {
            await accounts.For(token.AccountId).PerformAsync(new NoteSeen(session.Id, token.Rotation));
        }
        catch (StateUnavailableException)
        {
            session.RenewSightingReport();
        }
    }
}
