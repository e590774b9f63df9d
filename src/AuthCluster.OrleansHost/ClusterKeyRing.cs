using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.Leases;
using AuthCluster.OrleansHost.Grains;

namespace AuthCluster.OrleansHost;

/// <summary>
/// The stored key ring as this node last read it. A reading may be gone by for one lease from when it began, so no node depends on another
/// one for it. A process that retires keys therefore waits for the longest lease that any node has.
/// </summary>
internal sealed class ClusterKeyRing(IGrainFactory grains, LeaseTimes times, TimeProvider time) : IKeyRingStore
{
    private volatile Reading? _reading;
    private volatile Saving? _saving;

    public async Task<StoredKeyRing> LoadAsync()
    {
        var asked = Instant.Now(time);
        try
        {
            var ring = await grains.GetGrain<IKeyRingReaderGrain>(0).ReadAsync(times.Duration).WaitAsync(times.AnswerTime, time);
            _reading = new Reading(ring.Version, asked);
            return ring;
        }
        catch (TimeoutException late)
        {
            throw new StateUnavailableException("The stored key ring cannot be read now.", late);
        }
    }

    public async Task<bool> SaveAsync(ImmutableArray<StoredKey> keys, long expectedVersion, ImmutableArray<Revocation> revocations)
    {
        var asked = Instant.Now(time);
        if (await grains.KeyRing().SaveAsync(keys, expectedVersion, revocations) is not { } longestLease)
            return false;
        _reading = new Reading(expectedVersion + 1, asked);
        _saving = new Saving(Instant.Now(time), longestLease);
        return true;
    }

    public bool IsCurrent(long version) =>
        _reading is { } reading && reading.Version == version && Instant.Now(time).AtMostSince(reading.Asked) < times.Duration;

    public async Task WaitForOthersAsync()
    {
        if (_saving is not { } saving)
            return;
        var outlasting = LeaseTimes.Outlasting(saving.LongestLease);
        while (outlasting - Instant.Now(time).AtLeastSince(saving.Done) is var left && left > TimeSpan.Zero)
            await Task.Delay(left + TimeSpan.FromMilliseconds(1), time);
    }

    private sealed record Reading(long Version, Instant Asked);

    private sealed record Saving(Instant Done, TimeSpan LongestLease);
}
