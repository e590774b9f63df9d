using System.Collections.Immutable;

namespace AuthCluster.Accounts;

/// <summary>What its owner and administrators may see of an account.</summary>
public sealed record AccountView
{
    public required Guid Id { get; init; }

    public required string? Email { get; init; }

    public string? Username { get; init; }

    public required bool EmailVerified { get; init; }

    public required bool Active { get; init; }

    public required ImmutableArray<string> Roles { get; init; }

    public required Profile Profile { get; init; }

    /// <summary>Whether a second factor is on.</summary>
    public bool MfaEnabled { get; init; }

    public required DateTimeOffset Joined { get; init; }

    public DateTimeOffset? LastLogin { get; init; }

    public static AccountView Of(AccountState state) => new()
    {
        Id = state.Id,
        Email = state.Email,
        Username = state.Username,
        EmailVerified = state.EmailVerified,
        Active = state.Active,
        Roles = state.Roles,
        Profile = state.Profile,
        MfaEnabled = state.Totp is not null,
        Joined = state.Joined,
        LastLogin = state.LastLogin,
    };
}
