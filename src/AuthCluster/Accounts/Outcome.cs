using System.Diagnostics.CodeAnalysis;

namespace AuthCluster.Accounts;

/// <summary>What came of an act: its result, or why it was refused.</summary>
public readonly record struct Outcome<TResult>
{
    private Outcome(TResult? result, Refusal? refusal, TimeSpan retryAfter)
    {
        Result = result;
        Refusal = refusal;
        RetryAfter = retryAfter;
    }

    public TResult? Result { get; }

    public Refusal? Refusal { get; }

    /// <summary>With <see cref="Refusal.TooManyAttempts"/>: how long to wait until the next try is let through.</summary>
    public TimeSpan RetryAfter { get; }

    public bool IsRefused([NotNullWhen(false)] out TResult? result)
    {
        result = Result;
        return Refusal is not null;
    }

    public static implicit operator Outcome<TResult>(TResult result) => new(result, null, TimeSpan.Zero);

    public static implicit operator Outcome<TResult>(Refusal refusal) => new(default, refusal, TimeSpan.Zero);

    /// <summary>An outcome that came from another process, as it was there.</summary>
    public static Outcome<TResult> Restore(TResult? result, Refusal? refusal, TimeSpan retryAfter) => new(result, refusal, retryAfter);

    public static Outcome<TResult> Wait(TimeSpan retryAfter) => new(default, Accounts.Refusal.TooManyAttempts, retryAfter);

    /// <summary>The same refusal, as that of an act with another result.</summary>
    public Outcome<TOther> As<TOther>() => new(default, Refusal!.Value, RetryAfter);
}

/// <summary>The result of an act that has nothing to tell but that it happened.</summary>
public readonly record struct Done;

/// <summary>Every reason why an act may be refused. One file of the front door turns them into answers.</summary>
public enum Refusal
{
    /// <summary>There is no such account.</summary>
    NoSuchAccount,

    /// <summary>The session or the secret of the token is no longer the account's.</summary>
    TokenNotValid,

    /// <summary>Wrong password at a login, or a deactivated account.</summary>
    InvalidCredentials,

    /// <summary>Wrong password where an authenticated user has to repeat it.</summary>
    WrongCurrentPassword,

    TooManyAttempts,

    /// <summary>The login has to bring a solved captcha.</summary>
    CaptchaRequired,

    CaptchaFailed,

    /// <summary>No place in the hash lane.</summary>
    Overloaded,

    EmailNotVerified,

    EmailTaken,

    /// <summary>The session limit is reached and set to reject.</summary>
    SessionLimit,

    NoSuchSession,

    LastAdministrator,

    /// <summary>Too large, too deep or too many members.</summary>
    ProfileNotAllowed,

    /// <summary>A second-factor code that an authenticated user sent is wrong, or was used before.</summary>
    WrongCode,

    /// <summary>A second factor is on already.</summary>
    SecondFactorOn,

    /// <summary>No second factor is on.</summary>
    NoSecondFactor,

    /// <summary>There is no secret whose codes could be confirmed.</summary>
    NothingToConfirm,

    /// <summary>The code of a mail's link is used, void or over.</summary>
    CodeNotValid,

    /// <summary>The address is confirmed, or may not be asked for.</summary>
    NothingToVerify,

    /// <summary>Neither was the password repeated, nor a second factor proved lately.</summary>
    CurrentPasswordOwed,

    /// <summary>What is to become a passkey is not signed, or its challenge is used or over.</summary>
    PasskeyNotValid,

    /// <summary>The account has this passkey.</summary>
    PasskeyKnown,

    /// <summary>The account has as many passkeys as it may.</summary>
    PasskeyLimit,

    NoSuchPasskey,

    /// <summary>Without this passkey nobody could sign in.</summary>
    LastWayToSignIn,

    UsernameTaken,
}
