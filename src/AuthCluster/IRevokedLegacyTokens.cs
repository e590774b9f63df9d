namespace AuthCluster;

/// <summary>Tokens of another system that were dead there before its users moved in. Each host implements this port.</summary>
/// <remarks>Every member throws <see cref="StateUnavailableException"/> while the state it needs is out of reach.</remarks>
public interface IRevokedLegacyTokens
{
    /// <param name="tokens">As <see cref="Tokens.Legacy.LegacyTokenId"/> makes them. What is there already stays.</param>
    Task AddAsync(IReadOnlyCollection<Guid> tokens);

    Task<bool> ContainsAsync(Guid token);
}
