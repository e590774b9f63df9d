using System.Threading.Channels;
using AuthCluster.Accounts;
using AuthCluster.Emails;

namespace AuthCluster.Histories.Faults;

/// <summary>Says that a change is stored before it is: a crash in between loses what was acknowledged.</summary>
internal sealed class LaggingStore : IAccountStore
{
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(300);

    private readonly IAccountStore _store;
    private readonly Channel<(AccountChange Change, long Acknowledged)> _late = Channel.CreateUnbounded<(AccountChange, long)>();

    public LaggingStore(IAccountStore store)
    {
        _store = store;
        _ = SaveLateAsync();
    }

    public Task<StoredAccount?> LoadAsync(Guid id) => _store.LoadAsync(id);

    public Task<Guid?> FindAsync(LoginName name) => _store.FindAsync(name);

    public async Task<SaveResult> SaveAsync(AccountChange change)
    {
        // A new account is looked for in the store at its first login.
        if (change.Before is null)
            return await _store.SaveAsync(change);
        _late.Writer.TryWrite((change, Environment.TickCount64));
        return SaveResult.Saved;
    }

    private async Task SaveLateAsync()
    {
        await foreach (var (change, acknowledged) in _late.Reader.ReadAllAsync())
        {
            var early = acknowledged + (long)Lag.TotalMilliseconds - Environment.TickCount64;
            if (early > 0)
                await Task.Delay((int)early);
            _ = _store.SaveAsync(change);
        }
    }
}
