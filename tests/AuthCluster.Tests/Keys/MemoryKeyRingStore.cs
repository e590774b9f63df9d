using System.Collections.Immutable;
using AuthCluster.Accounts;

namespace AuthCluster.Tests.Keys;

internal sealed class MemoryKeyRingStore : IKeyRingStore
{
    public StoredKeyRing Stored { get; set; } = new(0, []);

    /// <summary>Runs once before the next save: another process that is faster, or a store that fails.</summary>
    public Action? BeforeSave { get; set; }

    public int Saves { get; private set; }

    /// <summary>What a load waits for.</summary>
    public Func<Task> BeforeLoad { get; set; } = () => Task.CompletedTask;

    public int Loads { get; set; }

    public bool IsCurrent(long version) => version == Stored.Version;

    public Task WaitForOthersAsync() => Task.CompletedTask;

    public async Task<StoredKeyRing> LoadAsync()
    {
        Loads++;
        await BeforeLoad();
        return Stored;
    }

    public Task<bool> SaveAsync(ImmutableArray<StoredKey> keys, long expectedVersion, ImmutableArray<Revocation> revocations)
    {
        var before = BeforeSave;
        BeforeSave = null;
        before?.Invoke();
        if (Stored.Version != expectedVersion)
            return Task.FromResult(false);
        Stored = new StoredKeyRing(expectedVersion + 1, keys);
        Saves++;
        return Task.FromResult(true);
    }
}
