namespace AuthCluster.Client.Checks;

/// <summary>
/// A moment of this machine, by both of its clocks: one stands still while the machine is suspended, the other jumps when it is set. What must not be
/// too old goes by the one that moved more.
/// </summary>
internal readonly record struct LocalMoment(TimeSpan Monotonic, DateTimeOffset Wall)
{
    public static LocalMoment Now(TimeProvider time) => new(time.GetElapsedTime(0, time.GetTimestamp()), time.GetUtcNow());

    public LocalMoment Plus(TimeSpan span) => new(Monotonic + span, Wall + span);

    public TimeSpan AtMostSince(LocalMoment earlier)
    {
        var (monotonic, wall) = (Monotonic - earlier.Monotonic, (Wall - earlier.Wall).Duration());
        return monotonic > wall ? monotonic : wall;
    }
}
