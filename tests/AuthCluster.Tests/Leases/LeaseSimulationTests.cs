using System.Globalization;
using AuthCluster.Tests.Leases.Simulation;
using Xunit;
using Xunit.Abstractions;

namespace AuthCluster.Tests.Leases;

/// <summary>
/// Leases under delays, losses, duplicates, pauses, suspensions, partitions, crashes and second activations. The long form takes its
/// number of seeds from the environment: <c>AUTHCLUSTER_LEASE_SEEDS=10000</c>.
/// </summary>
public sealed class LeaseSimulationTests(ITestOutputHelper log)
{
    private const int Operations = 200;

    private static readonly int Seeds =
        int.Parse(Environment.GetEnvironmentVariable("AUTHCLUSTER_LEASE_SEEDS") ?? "400", CultureInfo.InvariantCulture);

    [Fact]
    public void Nobody_sees_a_state_older_than_one_that_was_seen_or_acknowledged_before()
    {
        var (seen, copies, unknown) = (0, 0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var observations = Run(seed, Faults.None).Observations;
            Assert.True(observations.CountStale() == 0, $"Seed {seed}: {observations.CountStale()} stale.");
            (seen, copies, unknown) = (seen + observations.Count, copies + observations.FromCopies, unknown + observations.Unknown);
        }

        log.WriteLine($"{Seeds} seeds: {seen} operations answered, {copies} of them from copies, {unknown} refused as unavailable; 0 stale");
        // Nothing is proven about copies that are never used, nor about a cluster that never answers.
        Assert.True(copies > seen / 10);
        Assert.True(seen > unknown);
    }

    [Fact]
    public void Where_nothing_fails_everybody_is_answered_and_many_from_copies()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var observations = Run(seed, Faults.None, Weather.Fair).Observations;
            Assert.Equal(0, observations.Unknown);
            Assert.Equal(Operations, observations.Count);
            Assert.InRange(observations.FromCopies, Operations / 8, Operations);
        }
    }

    [Fact]
    public void One_seed_has_one_course() =>
        Assert.Equal(Run(17, Faults.None).World.Trace.ToHashCode(), Run(17, Faults.None).World.Trace.ToHashCode());

    [Theory]
    [InlineData(typeof(LongerLeases))]
    [InlineData(typeof(NoRecalls))]
    [InlineData(typeof(NoGivingUp))]
    [InlineData(typeof(BlindLenders))]
    [InlineData(typeof(OwnLeaseForAll))]
    public void A_planted_fault_is_found(Type fault)
    {
        var faults = (Faults)Activator.CreateInstance(fault)!;
        Assert.Contains(Enumerable.Range(0, 2_000), seed => Run(seed, faults).Observations.CountStale() > 0);
    }

    private static Cluster Run(int seed, Faults faults, Weather? weather = null)
    {
        var cluster = new Cluster(seed, faults, weather ?? Weather.Of(new Random(seed)));
        cluster.Run(Operations);
        return cluster;
    }
}
