using System.Diagnostics;

namespace AuthCluster.Histories.Load;

/// <summary>The one clock of a history. It never goes back, and all clients share it.</summary>
internal static class Clock
{
    /// <summary>Nanoseconds.</summary>
    public static long Now => Stopwatch.Frequency == 1_000_000_000
        ? Stopwatch.GetTimestamp()
        : (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
}
