namespace AuthCluster.Accounts;

/// <summary>A code of a mail's link that is good now. The account has its id alone: the code follows from it and the master key.</summary>
/// <param name="Id">Random.</param>
public sealed record MailedCode(Guid Id, LinkPurpose Purpose, DateTimeOffset Expires)
{
    /// <summary>
    /// The address that the account has once the code was used: a new one, or the one that it is taken back to. <c>null</c> is the present one.
    /// </summary>
    public string? Email { get; init; }

    /// <summary>
    /// Whether it outlives a change of password or address. What the owner needs to take such a change back must not be void with it.
    /// </summary>
    public bool IsProtective => Purpose is LinkPurpose.UndoEmailChange or LinkPurpose.NotMe;
}

/// <summary>What a code is good for. Part of what it is made of: numbers do not change.</summary>
public enum LinkPurpose
{
    VerifyEmail = 1,
    ResetPassword = 2,
    ChangeEmail = 3,

    /// <summary>Takes a change of address back, before or after it was confirmed.</summary>
    UndoEmailChange = 4,

    /// <summary>"This was not me": ends every session and starts a reset.</summary>
    NotMe = 5,
}
