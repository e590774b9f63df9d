using AuthCluster.Clients;

namespace AuthCluster.Accounts;

/// <summary>Something that happened to an account, or failed to.</summary>
public sealed record ActivityEntry
{
    /// <summary>Counts from 1 within the account; 0 where there is no account.</summary>
    public long Number { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>One of <see cref="ActivityEvents"/>.</summary>
    public required string Event { get; init; }

    public required bool Succeeded { get; init; }

    /// <summary>Why it failed, or on whose behalf or by what it happened; <c>null</c> where nothing needs saying.</summary>
    public string? Reason { get; init; }

    public string? Address { get; init; }

    /// <summary>The address; or the user name, where a login named one or the account has no address.</summary>
    public string? Email { get; init; }

    public string? UserAgent { get; init; }

    public Guid? SessionId { get; init; }

    public string? DeviceName { get; init; }

    /// <summary>The administrator who did it; <c>null</c> where none did. Only administrators are shown it.</summary>
    public Actor? Actor { get; init; }

    /// <summary>What an operator did to all accounts at once.</summary>
    public static ActivityEntry OfOperator(DateTimeOffset time, string name, string reason) =>
        new() { Time = time, Event = name, Succeeded = true, Reason = reason };

    /// <summary>A failure that belongs to no account.</summary>
    /// <param name="email">As it was typed.</param>
    public static ActivityEntry OfStranger(DateTimeOffset time, string name, string reason, string email, ClientFacts client) => new()
    {
        Time = time,
        Event = name,
        Succeeded = false,
        Reason = reason,
        Email = email,
        Address = client.AddressText,
        UserAgent = client.BoundedUserAgent,
    };
}

/// <summary>Names of events, as clients see them.</summary>
public static class ActivityEvents
{
    public const string Registered = "registered";
    public const string Login = "login";
    public const string Logout = "logout";
    public const string LogoutAll = "logout_all";
    public const string LogoutOthers = "logout_others";
    public const string DeviceRevoked = "device_revoked";
    public const string RefreshReplayed = "refresh_replayed";
    public const string TokensRevoked = "tokens_revoked";
    public const string PasswordChanged = "password_changed";
    public const string PasswordResetRequested = "password_reset_requested";
    public const string PasswordReset = "password_reset";
    public const string VerificationRequested = "verification_requested";
    public const string EmailVerified = "email_verified";
    public const string EmailChangeRequested = "email_change_requested";
    public const string EmailChanged = "email_changed";
    public const string EmailChangeUndone = "email_change_undone";
    public const string NotMe = "not_me";
    public const string ProfileChanged = "profile_changed";
    public const string RolesChanged = "roles_changed";
    public const string Deactivated = "deactivated";
    public const string Activated = "activated";
    public const string Deleted = "deleted";
    public const string TotpCreated = "totp_created";
    public const string MfaEnabled = "mfa_enabled";
    public const string MfaDisabled = "mfa_disabled";
    public const string SteppedUp = "stepped_up";
    public const string EmergencyCodesCreated = "emergency_codes_created";
    public const string PasskeyAdded = "passkey_added";
    public const string PasskeyRenamed = "passkey_renamed";
    public const string PasskeyRemoved = "passkey_removed";
    public const string KeysRotated = "keys_rotated";
    public const string Imported = "imported";

    /// <summary>Its reason lists the settings that are not the defaults.</summary>
    public const string ServerStarted = "server_started";
    public const string AccountsImported = "accounts_imported";
    public const string AccountsExported = "accounts_exported";
}

/// <summary>Values of <see cref="ActivityEntry.Reason"/>.</summary>
public static class ActivityReasons
{
    public const string UnknownUser = "unknown_user";
    public const string WrongPassword = "wrong_password";
    public const string Deactivated = "deactivated";
    public const string EmailTaken = "email_taken";
    public const string EmailNotVerified = "email_not_verified";
    public const string TooManyMails = "too_many_mails";
    public const string NothingToVerify = "nothing_to_verify";
    public const string SessionLimit = "device_limit";
    public const string SecondFactorOwed = "mfa_required";
    public const string WrongCode = "wrong_code";

    /// <summary>The code was right, and had been used before.</summary>
    public const string CodeUsed = "code_used";

    /// <summary>The signature is wrong, or of a passkey that the account does not have.</summary>
    public const string WrongPasskey = "wrong_passkey";

    /// <summary>The passkey's count of signatures did not grow: there are two of it.</summary>
    public const string PasskeyCopied = "passkey_copied";

    /// <summary>An emergency code took the place of the second factor.</summary>
    public const string EmergencyCode = "emergency_code";
    public const string Administrator = "administrator";

    /// <summary>By a token of the system that the user comes from.</summary>
    public const string LegacyToken = "legacy_token";
}
