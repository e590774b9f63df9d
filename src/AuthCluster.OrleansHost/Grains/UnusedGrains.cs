namespace AuthCluster.OrleansHost.Grains;

/// <summary>How grains leave memory that turned out to hold nothing: accounts and addresses that anybody can make up and ask for.</summary>
internal static class UnusedGrains
{
    /// <summary>
    /// Not at once: of many who ask at the same time, each would make a next activation for the others, and Orleans sends a call on only
    /// a few times.
    /// </summary>
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    /// <summary>The activation leaves in a while, unless it holds something by then.</summary>
    public static IGrainTimer LeaveSoon(this Grain grain, Func<bool> isUnused) => grain.RegisterGrainTimer(
        _ =>
        {
            if (isUnused())
                grain.DeactivateOnIdle();
            return Task.CompletedTask;
        },
        Delay,
        Delay);
}
