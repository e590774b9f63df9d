namespace AuthCluster;

/// <summary>
/// Which accounts have mails to send. Each host implements this port: it adds an account before or with the save that gives it a new mail, so that a
/// crash leaves none unsent.
/// </summary>
public interface IWaitingMails
{
    /// <summary>Accounts that are due, at most so many. They are not handed out again for two minutes.</summary>
    Task<IReadOnlyList<MailTurn>> TakeDueAsync(int limit);

    /// <param name="again">When to hand it out again; <c>null</c> where nothing waits any more. Ignored where a mail joined in the meantime.</param>
    Task SettleAsync(MailTurn turn, DateTimeOffset? again);
}

/// <param name="Stamp">Another one each time that a mail joins the account.</param>
public readonly record struct MailTurn(Guid AccountId, long Stamp)
{
    /// <summary>How long an account that was handed out is left to its sender.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
}
