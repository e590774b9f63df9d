using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.Keys;

namespace AuthCluster.Tokens;

/// <summary>
/// What a token says whose signature, issuer, audience and form were right. Whether its account still stands by it is another question.
/// Small, because very many are kept: roles and profile are not in it, roles come from the account.
/// </summary>
public sealed class VerifiedToken
{
    private string? _accountIdText;
    private string? _sessionIdText;

    public required TokenKind Kind { get; init; }

    /// <summary><c>sub</c>.</summary>
    public required Guid AccountId { get; init; }

    /// <summary><c>sid</c>.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>The account's id as it is shown, made at its first use: a proxy is told it with every request.</summary>
    public string AccountIdText => _accountIdText ??= AccountId.ToString();

    /// <summary>The session's id as it is shown, made at its first use.</summary>
    public string SessionIdText => _sessionIdText ??= SessionId.ToString();

    /// <summary><c>jti</c>.</summary>
    public required Guid TokenId { get; init; }

    /// <summary><c>uuid</c>: must equal the secret that the account holds now for this kind of token.</summary>
    public required Guid Secret { get; init; }

    /// <summary><c>rot</c>.</summary>
    public required int Rotation { get; init; }

    /// <summary>Unix seconds.</summary>
    public required long IssuedAt { get; init; }

    /// <summary>Unix seconds; the first at which it is dead.</summary>
    public required long ExpiresAt { get; init; }

    /// <summary>Unix seconds; <c>null</c> in refresh tokens.</summary>
    public long? AuthenticatedAt { get; init; }

    /// <summary><c>amr</c>; empty in refresh tokens.</summary>
    public ImmutableArray<string> Methods { get; init; } = [];

    public required SigningKey Key { get; init; }

    /// <summary>To be asked on every use: a token that was verified earlier may have expired since, or its key been retired.</summary>
    public bool IsLive(DateTimeOffset now) => now.ToUnixTimeSeconds() < ExpiresAt && !Key.IsRetired;
}
