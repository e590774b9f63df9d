using System.Collections.Immutable;

namespace AuthCluster.Accounts.Acts;

/// <summary>Takes over a user of another system. To do it again changes nothing.</summary>
public sealed record Adopt(Guid Id, string? Email, string PasswordHash) : Act<Adopted>
{
    /// <summary>Needed where there is no address.</summary>
    public string? Username { get; init; }

    public bool EmailVerified { get; init; }

    /// <summary>Whether no password matches the hash.</summary>
    public bool HasNoPassword { get; init; }

    /// <summary>The secret of the second factor, sealed; <c>null</c> where none is on.</summary>
    public string? SealedTotp { get; init; }

    /// <summary>The step of the newest code that the other system accepted.</summary>
    public long LastTotpStep { get; init; }

    /// <summary>Hashes of unused emergency codes.</summary>
    public ImmutableArray<string> EmergencyCodes { get; init; } = [];

    public bool Active { get; init; } = true;

    public ImmutableArray<string> Roles { get; init; } = [];

    /// <summary><c>null</c> where the other system did not tell.</summary>
    public DateTimeOffset? Joined { get; init; }

    public DateTimeOffset? LastLogin { get; init; }

    public override Decision<Adopted> Decide(AccountState? state, Moment moment)
    {
        if (state is not null)
            return Decision.Unchanged<Adopted>(state, new Adopted(IsNew: false));
        if (moment.UsernameIsTaken)
            return Decision.Refuse<Adopted>(state, Refusal.UsernameTaken);
        var adopted = new AccountState
        {
            Id = Id,
            Email = Email,
            Username = Username,
            EmailVerified = EmailVerified,
            PasswordHash = PasswordHash,
            HasNoPassword = HasNoPassword,
            Active = Active,
            Roles = Roles,
            AccessSecret = moment.NewSecret(),
            RefreshSecret = moment.NewSecret(),
            Joined = Joined ?? moment.Now,
            LastLogin = LastLogin,
            Totp = SealedTotp is { } secret ? new Totp(1, secret) { LastStep = LastTotpStep } : null,
            TotpCount = SealedTotp is null ? 0 : 1,
            EmergencyCodes = EmergencyCodes,
            ChallengeSecret = SealedTotp is null ? Guid.Empty : moment.NewSecret(),
            // To activate an account brings no token back.
            Legacy = Active ? LegacyTokens.None : LegacyTokens.EndedBy(moment.Now),
        };
        return Decision.Changed<Adopted>(adopted, new Adopted(IsNew: true), moment, adopted.Entry(moment, ActivityEvents.Imported, default));
    }
}

/// <param name="IsNew">False where the account was there.</param>
public readonly record struct Adopted(bool IsNew);
