namespace AuthCluster.OrleansHost.Grains;

/// <summary>
/// The grains of which a cluster has one. When the silo of such a grain dies, the cluster needs some seconds to notice. A caller does not
/// wait for that: it goes on without the grain, or is refused as unavailable.
/// </summary>
internal static class SingletonGrains
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static IAdministratorsGrain Administrators(this IGrainFactory grains) => grains.GetGrain<IAdministratorsGrain>(0);

    public static IKeyRingGrain KeyRing(this IGrainFactory grains) => grains.GetGrain<IKeyRingGrain>(0);

    /// <summary>Waits for the answer of a grain, and no longer than a second. The call may be carried out all the same when this gives up.</summary>
    /// <exception cref="StateUnavailableException">There is no answer in time.</exception>
    public static async Task<T> InTimeAsync<T>(this Task<T> call, TimeProvider time)
    {
        try
        {
            return await call.WaitAsync(Patience, time);
        }
        catch (TimeoutException late)
        {
            throw new StateUnavailableException("A grain does not answer in time.", late);
        }
    }
}
