using System.Collections.Immutable;

namespace AuthCluster.Accounts;

/// <summary>What an account has to say of tokens that another system issued to its owner, and which live until they expire.</summary>
public sealed record LegacyTokens
{
    public static readonly LegacyTokens None = new();

    /// <summary>Past it all tokens so far are dead: a list that forgot some would let them live again.</summary>
    private const int SpentLimit = 64;

    /// <summary>Tokens issued up to this moment are dead: every session was ended then.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Living tokens that opened a session here, or were logged out.</summary>
    public ImmutableArray<SpentLegacyToken> Spent { get; init; } = [];

    public bool Accept(LegacyProof token)
    {
        if (EndedAt is { } ended && token.IssuedAt <= ended)
            return false;
        foreach (var spent in Spent)
        {
            if (spent.Id == token.Id)
                return false;
        }

        return true;
    }

    public LegacyTokens With(LegacyProof spent, DateTimeOffset now)
    {
        var living = Spent.RemoveAll(token => token.Expires <= now);
        return living.Length < SpentLimit ? this with { Spent = living.Add(new(spent.Id, spent.Expires)) } : EndedBy(now);
    }

    /// <summary>None that was issued so far is good. No token is taken that says it was issued later than now.</summary>
    public static LegacyTokens EndedBy(DateTimeOffset now) => new() { EndedAt = now };

    /// <summary>Whether both say the same.</summary>
    public bool Says(LegacyTokens other) => EndedAt == other.EndedAt && Spent.SequenceEqual(other.Spent);
}

/// <param name="Expires">After this the token is dead anyhow.</param>
public readonly record struct SpentLegacyToken(Guid Id, DateTimeOffset Expires);

/// <summary>What a well-signed token of another system says. It is judged again in the act's turn, as those of our own are.</summary>
/// <param name="Id">Follows from its <c>jti</c>.</param>
public readonly record struct LegacyProof(Guid Id, DateTimeOffset IssuedAt, DateTimeOffset Expires);
