using System.Collections.Immutable;
using AuthCluster.Options;

namespace AuthCluster.Tokens.Legacy;

/// <summary>Reads tokens of the systems that users come from, as strictly as our own: by the keys that the settings name, and by no header's choice.</summary>
public sealed class LegacyTokenReader(IEnumerable<LegacyOptions> issuers, TimeProvider time)
{
    /// <summary>Characters.</summary>
    public const int LengthLimit = 8 * 1024;

    private readonly ImmutableArray<LegacyIssuer> _issuers = [.. issuers.Select(options => new LegacyIssuer(options))];

    /// <summary>Whether there is any such system.</summary>
    public bool Any => !_issuers.IsEmpty;

    /// <summary><c>null</c> where it is no token of theirs, or is none at this moment.</summary>
    public LegacyToken? Read(ReadOnlySpan<char> token)
    {
        if (_issuers.IsEmpty || token.Length > LengthLimit || !CompactJws.TrySplit(token, out var parts))
            return null;
        var now = time.GetUtcNow();
        foreach (var issuer in _issuers)
        {
            if (issuer.Read(parts, now) is { } read)
                return read;
        }

        return null;
    }
}
