using AuthCluster.Leases;
using AuthCluster.OrleansHost.Storage;
using Orleans.Storage;

namespace AuthCluster.OrleansHost.Leases;

[GenerateSerializer, Alias("authcluster.lender-record")]
internal sealed class LenderRecord
{
    /// <summary>A <see cref="LenderStatus"/>.</summary>
    [Id(0)]
    public int Status { get; init; }
}

/// <summary>
/// The records of lenders, read and written past all grains: a lender proves with them that the store still knows it, whatever grains
/// elsewhere believe. They stay, some fifty bytes for each start of a silo.
/// </summary>
internal sealed class LenderRecords([FromKeyedServices(GrainStorage.Name)] IGrainStorage storage) : ILenderRecords
{
    private const string Name = "lender";

    public async Task CreateAsync(string lender)
    {
        var stored = await LoadAsync(lender);
        if (!stored.RecordExists)
            await storage.WriteStateAsync(Name, IdOf(lender), stored);
    }

    public async Task<LenderStatus> ReadAsync(string lender)
    {
        var stored = await LoadAsync(lender);
        return stored.RecordExists ? (LenderStatus)stored.State!.Status : LenderStatus.ShutOut;
    }

    public async Task MoveToAsync(string lender, LenderStatus status)
    {
        while (true)
        {
            var stored = await LoadAsync(lender);
            if (stored.RecordExists && stored.State!.Status >= (int)status)
                return;
            stored.State = new LenderRecord { Status = (int)status };
            try
            {
                await storage.WriteStateAsync(Name, IdOf(lender), stored);
                return;
            }
            catch (InconsistentStateException)
            {
                // Another node moved it. It moves three times at most.
            }
        }
    }

    private static GrainId IdOf(string lender) => GrainId.Create(Name, lender);

    private async Task<GrainState<LenderRecord>> LoadAsync(string lender)
    {
        var stored = new GrainState<LenderRecord>(new LenderRecord());
        await storage.ReadStateAsync(Name, IdOf(lender), stored);
        return stored;
    }
}
