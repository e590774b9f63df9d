namespace AuthCluster;

/// <summary>A port: which ids that are good once were used, on all nodes together.</summary>
public interface ISpentIds
{
    /// <summary>Uses an id. Stored when this completes.</summary>
    /// <param name="hash">SHA-256 of the id.</param>
    /// <param name="until">When nobody takes the id any more, so that it can be forgotten.</param>
    /// <returns>False where it was used before.</returns>
    /// <exception cref="StateUnavailableException">Nobody knows, or more are used at this time than are kept.</exception>
    Task<bool> TrySpendAsync(byte[] hash, DateTimeOffset until);
}
