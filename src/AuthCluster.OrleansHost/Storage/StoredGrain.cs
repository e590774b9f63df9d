namespace AuthCluster.OrleansHost.Storage;

/// <summary>A grain that is one record, which it holds as it is stored.</summary>
internal abstract class StoredGrain<TRecord>(IPersistentState<TRecord> stored) : Grain
{
    protected TRecord Record => stored.State;

    /// <summary>Reads the record anew: another instance of this grain may have written it.</summary>
    protected Task ReadAsync() => stored.ReadStateAsync();

    protected Task SaveAsync(TRecord changed)
    {
        stored.State = changed;
        return LeaveWhereItFailsAsync(stored.WriteStateAsync());
    }

    private async Task LeaveWhereItFailsAsync(Task write)
    {
        try
        {
            await write;
        }
        catch
        {
            // Nobody knows what is stored. What is asked next is asked of another activation, which begins with a read.
            DeactivateOnIdle();
            throw;
        }
    }
}
