using AuthCluster.Keys;
using AuthCluster.Options;
using AuthCluster.Tests.Tokens;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AuthCluster.Tests.Keys;

/// <summary>A ring that another process changed, while requests wait for it to be read.</summary>
public sealed class KeyRingReadingTests : IDisposable
{
    private const int Requests = 200;

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryKeyRingStore _store = new();
    private readonly TaskCompletionSource _load = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly KeyRing _ring;

    public KeyRingReadingTests() => _ring = new KeyRing(_store, Deployment.Master, new TokenOptions(), _time);

    public void Dispose() => _ring.Dispose();

    [Fact]
    public async Task One_load_serves_every_request_that_waits()
    {
        var waiting = await WaitAsync();

        _load.SetResult();
        await Task.WhenAll(waiting);

        Assert.Equal(1, _store.Loads);
        Assert.True(_ring.IsCurrent);
    }

    [Fact]
    public async Task A_load_that_fails_answers_every_request_that_waits()
    {
        var waiting = await WaitAsync();

        _load.SetException(new StateUnavailableException("The store of this test is out of order."));

        await AssertRefusedAsync(waiting);
        Assert.Equal(1, _store.Loads);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_a_second_for_a_store_that_stands_still()
    {
        var waiting = await WaitAsync();
        _time.Advance(KeyRing.Patience / 2);
        var late = _ring.EnsureCurrentAsync().AsTask();
        Assert.DoesNotContain(waiting, request => request.IsCompleted);

        _time.Advance(KeyRing.Patience / 2);

        // The late one, too: all of them wait for one load, and for that no longer than from when it began.
        await AssertRefusedAsync([.. waiting, late, _ring.EnsureCurrentAsync().AsTask()]);
        Assert.Equal(1, _store.Loads);
        _load.SetResult();
        await _ring.RefreshAsync();
        await _ring.EnsureCurrentAsync();
    }

    [Fact]
    public async Task A_ring_that_an_operator_restored_is_taken_although_its_version_is_lower()
    {
        await _ring.OpenAsync();
        var before = _store.Stored;
        await _ring.RotateAsync(retireOld: true);

        _store.Stored = before;
        await _ring.EnsureCurrentAsync();

        Assert.True(_ring.IsCurrent);
        Assert.Equal(before.Keys[0].Id, _ring.Current.Id);
    }

    private async Task<Task[]> WaitAsync()
    {
        await _ring.OpenAsync();
        var loads = _store.Loads;
        _store.Stored = _store.Stored with { Version = _store.Stored.Version + 1 };
        _store.Loads -= loads;
        _store.BeforeLoad = () => _load.Task;
        return [.. Enumerable.Range(0, Requests).Select(_ => _ring.EnsureCurrentAsync().AsTask())];
    }

    private static async Task AssertRefusedAsync(IEnumerable<Task> requests)
    {
        foreach (var request in requests)
            await Assert.ThrowsAsync<StateUnavailableException>(() => request);
    }
}
