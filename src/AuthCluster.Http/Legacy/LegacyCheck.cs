using System.Collections.Concurrent;
using AuthCluster.Accounts;
using AuthCluster.Tokens.Legacy;

namespace AuthCluster.Http.Legacy;

/// <summary>
/// Judges tokens of the systems that users come from. As with our own, a signature is looked at once, and every check compares the times and the account's
/// standing; whether the token was dead when its user moved in is asked again every few seconds.
/// </summary>
/// <remarks>Throws <see cref="StateUnavailableException"/> where that is out of reach: that is neither "good" nor "refused".</remarks>
internal sealed class LegacyCheck(LegacyTokenReader reader, IRevokedLegacyTokens revoked, IAccounts accounts, TimeProvider time)
{
    /// <summary>Well-signed tokens in each generation.</summary>
    private const int Kept = 5_000;

    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    private readonly TwoGenerations<ConcurrentDictionary<string, Known>> _known = new(() => new(StringComparer.Ordinal));

    /// <summary>Whether there are any such tokens.</summary>
    public bool IsOn => reader.Any;

    /// <summary>An access token that its client presents, good now; <c>null</c> for any other.</summary>
    public async Task<LegacyVerdict?> CheckAsync(string token) => await InspectAsync(token) is { Token.IsAccess: true } verdict ? verdict : null;

    /// <summary>A token of either kind that is good now; <c>null</c> for any other.</summary>
    public async Task<LegacyVerdict?> InspectAsync(string token)
    {
        if (await ReadAsync(token) is not { } read || time.GetUtcNow() >= read.Proof.Expires)
            return null;
        var standing = await accounts.StandingAsync(read.AccountId);
        return standing is { Active: true } && standing.Legacy.Accept(read.Proof) ? new LegacyVerdict(read, standing) : null;
    }

    /// <summary>A well-signed token that was not dead when its user moved in; whether its account stands by it is another question.</summary>
    public async Task<LegacyToken?> ReadAsync(string token)
    {
        var (younger, elder) = _known.Current;
        if ((younger.TryGetValue(token, out var known) || elder.TryGetValue(token, out known)) && time.GetElapsedTime(known.At) < Memory)
            return known.Token;
        // Not by the copy that is known: the end of a setting's time counts, too.
        if (reader.Read(token) is not { } read || await revoked.ContainsAsync(read.Proof.Id))
            return null;
        if (younger.Count >= Kept)
            _known.Succeed(_known.Current);
        _known.Current.Younger[token] = new Known(read, time.GetTimestamp());
        return read;
    }

    private sealed record Known(LegacyToken Token, long At);
}

/// <summary>A token of another system that is good now, and for whom.</summary>
internal sealed record LegacyVerdict(LegacyToken Token, Standing Standing);
