namespace AuthCluster.Accounts;

/// <summary>A secret for time-based codes (RFC 6238), which the account shares with an app of the owner's.</summary>
/// <param name="Version">Another for each secret that the account ever had: tells whether a code was compared with this one.</param>
/// <param name="SealedSecret">Base64. The master key alone opens it, and nothing shows what is in it.</param>
public sealed record Totp(int Version, string SealedSecret)
{
    /// <summary>The step of the newest code that was accepted; none of it or of an earlier one is good again (RFC 6238 section 5.2).</summary>
    public long LastStep { get; init; }
}

/// <summary>A login whose password was right and that opened a session since. Its challenge is good no more.</summary>
/// <param name="Expires">After this the challenge is dead anyhow.</param>
public readonly record struct SpentChallenge(Guid Id, DateTimeOffset Expires);
