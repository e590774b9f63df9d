namespace AuthCluster;

/// <summary>
/// Budgets of wrong passwords at addresses that nobody holds, kept as those of accounts are, so that no count tells the two apart. Each host
/// implements this port: what one node of a cluster counted counts on all of them.
/// </summary>
public interface IUnknownAddressBudgets
{
    /// <summary>Reserves an attempt; or, where none is left, how long to wait.</summary>
    /// <param name="address">In canonical form, or as it was typed where it is no address.</param>
    Task<TimeSpan?> ReserveAsync(string address, Guid attempt);

    /// <param name="wasCompared">False where the attempt was broken off; it counts no more then.</param>
    Task SettleAsync(string address, Guid attempt, bool wasCompared);
}
