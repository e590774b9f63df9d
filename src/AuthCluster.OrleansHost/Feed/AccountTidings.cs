using System.Collections.Immutable;
using AuthCluster.Accounts;

namespace AuthCluster.OrleansHost.Feed;

/// <summary>The way of one account's revocations into the feed. Members are called one at a time, within the account's turns.</summary>
internal sealed class AccountTidings(Guid account, NodeLog log, TimeSpan relevant, TimeProvider time)
{
    private ImmutableArray<NotedRevocation> _noted = [];

    /// <summary>The account was read: tells what its record does not say is told.</summary>
    /// <exception cref="StateUnavailableException">It could not be told. The account must not be gone by then.</exception>
    public async Task RestartAsync(ImmutableArray<NotedRevocation> stored)
    {
        _noted = stored;
        await AppendAsync(stored.ToTell(account, time.GetUtcNow(), relevant));
    }

    /// <summary>What a save with these revocations stores.</summary>
    public ImmutableArray<NotedRevocation> With(ImmutableArray<Revocation> revocations) => _noted.With(revocations, time.GetUtcNow());

    /// <summary>They are stored with the account.</summary>
    /// <exception cref="StateUnavailableException">They could not be told. The account must be read anew, which tells them.</exception>
    public Task TellAsync(ImmutableArray<Revocation> revocations)
    {
        _noted = With(revocations);
        return AppendAsync([.. revocations.Select(revocation => new RevocationNotice(account, revocation))]);
    }

    private async Task AppendAsync(IReadOnlyList<RevocationNotice> notices)
    {
        if (notices.Count > 0)
            await log.AppendAsync(notices);
        _noted = _noted.Told();
    }
}
