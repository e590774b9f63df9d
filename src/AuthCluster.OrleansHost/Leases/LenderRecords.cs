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

    [Id(1)]
    public TimeSpan Duration { get; init; }
}

[GenerateSerializer, Alias("authcluster.lenders-record")]
internal sealed class LendersRecord
{
    [Id(0)]
    public string[] Lenders { get; init; } = [];
}

/// <summary>
/// The records of lenders, read and written past all grains: a lender proves with them that the store still knows it, whatever grains
/// elsewhere believe. The record of a lender whose loans are over is removed.
/// </summary>
internal sealed class LenderRecords([FromKeyedServices(GrainStorage.Name)] IGrainStorage storage, TimeProvider time) : ILenderRecords
{
    private const string Name = "lender";
    private const string RegisterName = "lenders";

    /// <summary>Nodes that start or stop at the same moment change the register one after the other.</summary>
    private const int RegisterAttempts = 50;

    private static readonly GrainId RegisterId = GrainId.Create(RegisterName, "all");

    /// <summary>The lenders that may have loans out. One that was made by an older version of this program may be missing.</summary>
    public async Task<IReadOnlyList<string>> ListAsync() => (await LoadRegisterAsync()).State!.Lenders;

    /// <summary>The lender is over: a search for lenders that are not need not look at it.</summary>
    public Task StrikeOffAsync(string lender) => RegisterAsync(lenders => [.. lenders.Where(other => other != lender)]);

    public async Task<bool> TryCreateAsync(string lender, TimeSpan duration)
    {
        var stored = await LoadAsync(lender);
        if (Exists(stored))
            return false;
        // Before it lends: no lender is missing where others look for those that were left behind.
        await RegisterAsync(lenders => [.. lenders, lender]);
        stored.State = new LenderRecord { Status = (int)LenderStatus.Lending, Duration = duration };
        return await TryAsync(storage.WriteStateAsync(Name, IdOf(lender), stored));
    }

    public async Task<LenderState> ReadAsync(string lender)
    {
        var stored = await LoadAsync(lender);
        return Exists(stored)
            ? new LenderState((LenderStatus)stored.State!.Status, stored.State.Duration)
            : new LenderState(LenderStatus.Over, TimeSpan.Zero);
    }

    public async Task MoveToAsync(string lender, LenderStatus status)
    {
        while (true)
        {
            var stored = await LoadAsync(lender);
            if (!Exists(stored) || stored.State!.Status >= (int)status)
                return;
            stored.State = new LenderRecord { Status = (int)status, Duration = stored.State.Duration };
            // If another node was faster, the record is read once more. It moves three times at most.
            if (await TryAsync(status == LenderStatus.Over
                ? storage.ClearStateAsync(Name, IdOf(lender), stored)
                : storage.WriteStateAsync(Name, IdOf(lender), stored)))
                break;
        }

        if (status == LenderStatus.Over)
            await StrikeOffAsync(lender);
    }

    private async Task RegisterAsync(Func<string[], string[]> change)
    {
        for (var attempt = 1; attempt <= RegisterAttempts; attempt++)
        {
            var stored = await LoadRegisterAsync();
            var changed = change(stored.State!.Lenders);
            if (changed.Length == stored.State.Lenders.Length)
                return;
            stored.State = new LendersRecord { Lenders = changed };
            if (await TryAsync(storage.WriteStateAsync(RegisterName, RegisterId, stored)))
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20)), time);
        }

        throw new StateUnavailableException("The register of lenders is being written by others all the time.");
    }

    private async Task<GrainState<LendersRecord>> LoadRegisterAsync()
    {
        var stored = new GrainState<LendersRecord>(new LendersRecord());
        await storage.ReadStateAsync(RegisterName, RegisterId, stored);
        stored.State ??= new LendersRecord();
        return stored;
    }

    private static async Task<bool> TryAsync(Task write)
    {
        try
        {
            await write;
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    /// <summary>A store may keep the row of a record that was removed. Its state is then that of a new object, which must not pass for one.</summary>
    private static bool Exists(GrainState<LenderRecord> stored) => stored.RecordExists && stored.State!.Duration > TimeSpan.Zero;

    private static GrainId IdOf(string lender) => GrainId.Create(Name, lender);

    private async Task<GrainState<LenderRecord>> LoadAsync(string lender)
    {
        var stored = new GrainState<LenderRecord>(new LenderRecord());
        await storage.ReadStateAsync(Name, IdOf(lender), stored);
        return stored;
    }
}
