using AuthCluster.Accounts;

namespace AuthCluster.OrleansHost.EventLog;

/// <summary>
/// The way of an account's entries into its own log. The account remembers the newest ones, so that it is enough to file sixteen at a time, and what was
/// not taken is filed with later ones.
/// </summary>
internal sealed class AccountFiling(AccountLog log, AccountRules rules, TimeProvider time)
{
    /// <summary>An act waits no longer for the log, which is not what it promises.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The number of the last entry that is in the log.</summary>
    public long Through { get; private set; }

    /// <summary>The account was read: what is known of the log is what its record says.</summary>
    public void Restart(long through) => Through = through;

    /// <summary>The change is stored.</summary>
    public async Task FollowAsync(AccountChange change)
    {
        try
        {
            if (change.After is { } account)
                await FileAsync(account, change);
            else if (change.Before is { } deleted)
                await log.ForgetAllAsync(LastOf(deleted)).WaitAsync(Patience, time);
        }
        catch (Exception notTaken) when (notTaken is not OutOfMemoryException)
        {
            // The account remembers its newest entries, and the log of all has these, too.
        }
    }

    private async Task FileAsync(AccountState account, AccountChange change)
    {
        var through = LastOf(account);
        // An account that remembers few entries has them filed one by one.
        if (rules.ActivityKept >= 2 * AccountLog.ChunkSize)
            through -= through % AccountLog.ChunkSize;
        if (through <= Through)
            return;
        var entries = change.Effects.Entries().Concat(account.Activity)
            .Where(entry => entry.Number > Through && entry.Number <= through)
            .DistinctBy(entry => entry.Number);
        await log.AddAsync(entries).WaitAsync(Patience, time);
        Through = through;
    }

    private static long LastOf(AccountState account) => account.Activity.IsEmpty ? 0 : account.Activity[^1].Number;
}
