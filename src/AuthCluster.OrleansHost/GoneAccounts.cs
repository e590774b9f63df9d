using System.Collections.Concurrent;

namespace AuthCluster.OrleansHost;

/// <summary>
/// Accounts that were not there when a good token of theirs was checked, remembered for seconds. The owner of a deleted account holds tokens
/// that are well signed until they expire; without this each check of one would read the store.
/// </summary>
/// <remarks>An account that is imported under its old id meanwhile waits as long until its tokens count.</remarks>
internal sealed class GoneAccounts(TimeProvider time)
{
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    /// <summary>Accounts in each of the two generations.</summary>
    private const int GenerationSize = 10_000;

    private readonly TwoGenerations<ConcurrentDictionary<Guid, long>> _seen = new(() => new());

    public bool Contains(Guid account)
    {
        var (younger, elder) = _seen.Current;
        return (younger.TryGetValue(account, out var seen) || elder.TryGetValue(account, out seen)) && time.GetElapsedTime(seen) < Memory;
    }

    public void Add(Guid account)
    {
        var generations = _seen.Current;
        if (generations.Younger.Count >= GenerationSize)
            _seen.Succeed(generations);
        _seen.Current.Younger[account] = time.GetTimestamp();
    }
}
