using System.Collections.Concurrent;
using AuthCluster.Accounts;
using AuthCluster.Emails;

namespace AuthCluster.Histories.Faults;

/// <summary>Believes for a second what it read of an account.</summary>
internal sealed class CachedStandings(IAccounts accounts, TimeProvider time) : IAccounts
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, (Standing? Standing, long Read)> _cache = new();

    public IAccount For(Guid id) => accounts.For(id);

    public Task<Guid?> FindAsync(LoginName name) => accounts.FindAsync(name);

    public async ValueTask<Standing?> StandingAsync(Guid id)
    {
        if (_cache.TryGetValue(id, out var cached) && time.GetElapsedTime(cached.Read) < Lifetime)
            return cached.Standing;
        var standing = await accounts.StandingAsync(id);
        _cache[id] = (standing, time.GetTimestamp());
        return standing;
    }
}
