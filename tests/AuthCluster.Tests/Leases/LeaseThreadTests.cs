using AuthCluster.Leases;
using Xunit;

namespace AuthCluster.Tests.Leases;

/// <summary>The holder's side under threads that meet in it. The simulation has one thread, and cannot find what these find.</summary>
public sealed class LeaseThreadTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static Instant Now => Instant.Now(TimeProvider.System);

    [Fact]
    public async Task A_recalled_copy_is_not_found_again_however_look_ups_and_arrivals_meet()
    {
        // A generation holds one copy, so that each arrival begins a new one and drops the elder.
        var table = new CopyTable(capacity: 2);
        var lease = new HeldLease(Guid.NewGuid(), Now, Hour);
        var (key, other) = (Guid.NewGuid(), Guid.NewGuid());
        using var stop = new CancellationTokenSource();
        var lookUps = Enumerable.Range(0, 3).Select(_ => Repeat(() => table.Find(key, Now), stop.Token)).ToList();

        var found = 0;
        for (var recall = 0; recall < 100_000; recall++)
        {
            Arrive(table, key, lease);
            Arrive(table, other, lease);
            // Look-ups find the copy in the elder generation now. The next arrival drops it there.
            Thread.SpinWait(recall % 128);
            Arrive(table, other, lease);
            table.Recall(key);
            // A look-up that began before the recall has ended by then, mostly.
            Thread.SpinWait(128);
            found += table.Find(key, Now) is null ? 0 : 1;
        }

        await stop.CancelAsync();
        await Task.WhenAll(lookUps);
        Assert.Equal(0, found);
    }

    [Fact]
    public async Task A_discarded_lease_stays_over_although_a_renewal_arrives_at_the_same_moment()
    {
        const int rounds = 100_000;
        var leases = Enumerable.Range(0, rounds).Select(_ => new HeldLease(Guid.NewGuid(), Now, Hour)).ToArray();
        using var start = new Barrier(2);

        await Task.WhenAll(
            Task.Factory.StartNew(() => ForEach(start, leases, lease => lease.TryExtend(Now, Hour, Now)), TaskCreationOptions.LongRunning),
            Task.Factory.StartNew(() => ForEach(start, leases, lease => lease.Discard()), TaskCreationOptions.LongRunning));

        Assert.Equal(0, leases.Count(lease => lease.IsGood(Now)));
    }

    private static void Arrive(CopyTable table, Guid key, HeldLease lease) => table.EndArrival(key, table.BeginArrival(key), lease, lease);

    private static Task Repeat(Action act, CancellationToken stop) => Task.Factory.StartNew(
        () =>
        {
            while (!stop.IsCancellationRequested)
                act();
        },
        TaskCreationOptions.LongRunning);

    private static void ForEach(Barrier start, HeldLease[] leases, Action<HeldLease> act)
    {
        foreach (var lease in leases)
        {
            start.SignalAndWait();
            act(lease);
        }
    }
}
