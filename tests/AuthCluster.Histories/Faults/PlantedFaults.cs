namespace AuthCluster.Histories.Faults;

/// <summary>
/// Faults that a server like this one could have, each as a decorator of a port: the product has no switch for them. A checker that does
/// not find them would find nothing.
/// </summary>
internal static class PlantedFaults
{
    /// <summary>No fault: the server as it is.</summary>
    public const string None = "none";
    public const string AcknowledgesBeforeSaving = "acknowledges-before-saving";
    public const string CachesStandings = "caches-standings";

    /// <summary>No fault either: slow, but the version check keeps it right. It shows what the next one does not do.</summary>
    public const string ActorPerAct = "actor-per-act";
    public const string SkipsVersionCheck = "skips-version-check";
    public const string CountsUnlocked = "counts-unlocked";
    public const string SightingOverwrites = "sighting-overwrites";

    public static IReadOnlyList<string> Names =>
    [
        None, AcknowledgesBeforeSaving, CachesStandings, ActorPerAct, SkipsVersionCheck, CountsUnlocked, SightingOverwrites,
    ];
}
