namespace AuthCluster.Benchmarks.Harness;

/// <summary>
/// What is compared takes turns (A B C A B C …), and each ratio is of two neighbours: a machine that slows down for a while slows down
/// both, and the median of the rounds forgets the one in which it changed.
/// </summary>
internal static class Rounds
{
    /// <returns>For each arm its result of each round.</returns>
    public static async Task<double[][]> InterleaveAsync(int rounds, params Func<Task<double>>[] arms)
    {
        var results = arms.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var arm = 0; arm < arms.Length; arm++)
                results[arm][round] = await arms[arm]();
        }

        return results;
    }

    public static Sample Ratio(double[] measured, double[] baseline) => Sample.Of(measured.Zip(baseline, (a, b) => a / b));
}

/// <summary>One figure over all rounds.</summary>
internal sealed record Sample(double Median, double Lowest, double Highest)
{
    public static Sample Of(IEnumerable<double> rounds)
    {
        var sorted = rounds.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Sample(median, sorted[0], sorted[^1]);
    }
}
