namespace AuthCluster.Accounts;

/// <summary>
/// How many entries the account's owner may still cause within a minute. Each goes into the log, which lasts for months: without a bound one user
/// could fill the disk. Not stored: a restart forgets it.
/// </summary>
public readonly record struct ActBudget(DateTimeOffset Since, int Count)
{
    private const int Limit = 60;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait for the next act; <c>null</c> if it may happen now.</summary>
    public TimeSpan? WaitAt(DateTimeOffset now) => IsOpen(now) && Count >= Limit ? Since + Window - now : null;

    public ActBudget Spend(DateTimeOffset now) => IsOpen(now) ? this with { Count = Count + 1 } : new ActBudget(now, 1);

    private bool IsOpen(DateTimeOffset now) => now >= Since && now - Since < Window;
}
