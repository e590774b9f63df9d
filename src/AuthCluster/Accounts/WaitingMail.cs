namespace AuthCluster.Accounts;

/// <summary>
/// A mail that is to be sent. It is stored with the account, in the same write as what it tells of, until it was handed over. It holds no
/// secret: the codes of its links are made when it is written.
/// </summary>
public sealed record WaitingMail(Guid Id, MailKind Kind, string To, DateTimeOffset At)
{
    /// <summary>The code of its link; <c>null</c> where it has none.</summary>
    public MailedCode? Code { get; init; }

    /// <summary>The address that an account is to have.</summary>
    public string? NewEmail { get; init; }

    /// <summary>Where it happened: the client's address.</summary>
    public string? Address { get; init; }

    /// <summary>"Firefox on Linux".</summary>
    public string? Device { get; init; }

    /// <summary>How often it was tried in vain.</summary>
    public int Tries { get; init; }
}

/// <summary>What a mail is about. The name is that of its template.</summary>
public enum MailKind
{
    VerifyEmail,
    ResetPassword,

    /// <summary>To the new address.</summary>
    ChangeEmail,

    /// <summary>To the old one.</summary>
    EmailChangeRequested,

    /// <summary>To the old one.</summary>
    EmailChanged,

    NewDevice,
    PasswordChanged,
    SecondFactorOn,
    SecondFactorOff,
    RefreshReplayed,
    PasskeyAdded,
    PasskeyRemoved,

    /// <summary>A sign-in was refused, because there are two of the passkey.</summary>
    PasskeyCopied,
}
