using AuthCluster.Leases;
using AuthCluster.OrleansHost.Storage;
using Orleans.Storage;

namespace AuthCluster.OrleansHost.Leases;

[GenerateSerializer, Alias("authcluster.granter-record")]
internal sealed class GranterRecord
{
    /// <summary>A <see cref="GranterStanding"/>.</summary>
    [Id(0)]
    public int Standing { get; init; }
}

/// <summary>
/// The records of granters, read and written past all grains: what a granter proves with them is that the store still knows it, whatever
/// grains elsewhere believe. They stay, some fifty bytes for each start of a silo.
/// </summary>
internal sealed class GranterRecords([FromKeyedServices(ClusterStorage.Name)] IGrainStorage storage) : IGranterRecords
{
    private const string Name = "granter";

    public async Task CreateAsync(string granter)
    {
        var stored = await LoadAsync(granter);
        if (!stored.RecordExists)
            await storage.WriteStateAsync(Name, IdOf(granter), stored);
    }

    public async Task<GranterStanding> ReadAsync(string granter)
    {
        var stored = await LoadAsync(granter);
        return stored.RecordExists ? (GranterStanding)stored.State!.Standing : GranterStanding.ShutOut;
    }

    public async Task MoveToAsync(string granter, GranterStanding standing)
    {
        while (true)
        {
            var stored = await LoadAsync(granter);
            if (stored.RecordExists && stored.State!.Standing >= (int)standing)
                return;
            stored.State = new GranterRecord { Standing = (int)standing };
            try
            {
                await storage.WriteStateAsync(Name, IdOf(granter), stored);
                return;
            }
            catch (InconsistentStateException)
            {
                // Somebody else moved it. It moves three times at most.
            }
        }
    }

    private static GrainId IdOf(string granter) => GrainId.Create(Name, granter);

    private async Task<GrainState<GranterRecord>> LoadAsync(string granter)
    {
        var stored = new GrainState<GranterRecord>(new GranterRecord());
        await storage.ReadStateAsync(Name, IdOf(granter), stored);
        return stored;
    }
}
