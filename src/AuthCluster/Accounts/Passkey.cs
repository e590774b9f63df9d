namespace AuthCluster.Accounts;

/// <summary>A key pair in an authenticator of the owner's (WebAuthn), of which the account holds the public half.</summary>
/// <param name="Id">What the account calls it. A passkey that is removed and enrolled again has another one.</param>
/// <param name="CredentialId">What its authenticator calls it; base64url.</param>
/// <param name="PublicKey">A COSE key; base64.</param>
public sealed record Passkey(Guid Id, string CredentialId, string PublicKey)
{
    public const int NameLimit = 64;

    /// <summary>Characters: twice as long as an RSA key of 4096 bits.</summary>
    public const int PublicKeyLimit = 1400;

    public required string Name { get; init; }

    /// <summary>How often it signed, as its authenticator tells; 0 where the authenticator does not count.</summary>
    public long SignCount { get; init; }

    /// <summary>Whether its authenticator may copy it to others of the owner's, as a phone does through its maker's cloud.</summary>
    public bool Synced { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? LastUsed { get; init; }
}

/// <summary>What a passkey signs, once.</summary>
/// <param name="Id">Random.</param>
public readonly record struct PasskeyChallenge(Guid Id, DateTimeOffset Expires)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
}

/// <summary>A signature that was found right outside the account's turn.</summary>
/// <param name="PasskeyId">Whose it is.</param>
/// <param name="SignCount">As the authenticator told with it.</param>
public sealed record PasskeyProof(Guid PasskeyId, PasskeyChallenge Challenge, long SignCount);
