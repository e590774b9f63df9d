namespace AuthCluster.Leases;

/// <summary>A moment of one machine, by both of its clocks.</summary>
/// <remarks>
/// Monotonic time stands still in a machine that is suspended. Wall time jumps when an operator sets it. A node that must stop in time goes
/// by the clock that moved more. A node that must wait long enough goes by the monotonic clock alone.
/// </remarks>
public readonly record struct Instant
{
    private readonly long _monotonic;
    private readonly long _wall;

    private Instant(long monotonic, long wall)
    {
        _monotonic = monotonic;
        _wall = wall;
    }

    public static Instant Now(TimeProvider time) =>
        new(time.GetElapsedTime(0, time.GetTimestamp()).Ticks, time.GetUtcNow().UtcTicks);

    /// <summary>How long ago <paramref name="earlier"/> may have been; a wall clock that was set counts by how far it was moved, either way.</summary>
    public TimeSpan AtMostSince(Instant earlier) =>
        new(Math.Max(_monotonic - earlier._monotonic, Math.Abs(_wall - earlier._wall)));

    /// <summary>How long ago <paramref name="earlier"/> was at least.</summary>
    public TimeSpan AtLeastSince(Instant earlier) => new(_monotonic - earlier._monotonic);
}
