using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using AuthCluster.OrleansHost.Storage;
using Orleans.Concurrency;
using Orleans.Storage;

namespace AuthCluster.OrleansHost.EventLog;

/// <summary>A part of the log: one shard of one day. The key is a <see cref="LogShardKey"/>.</summary>
[Alias("authcluster.log-shard")]
internal interface IEventLogShardGrain : IGrainWithStringKey
{
    /// <summary>Durable when the task completes. What is in the log already is not added again.</summary>
    [Alias("append")]
    Task AppendAsync(ImmutableArray<LoggedActivity> entries);

    /// <summary>The newest that match.</summary>
    [Alias("read")]
    Task<LogShardPage> ReadAsync(ActivityQuery query);

    /// <summary>Deletes it all.</summary>
    [Alias("clear")]
    Task ClearAsync();
}

/// <summary>
/// Appends that wait while a write is under way go into the next one together, so that the log keeps up with whatever the store's latency
/// is. That is what it is reentrant for; writes themselves are one at a time.
/// </summary>
[GrainType("log-shard")]
[Reentrant]
[CollectionAgeLimit(Minutes = 5)]
[SuppressMessage("Design", "CA1001", Justification = "A semaphore has nothing to dispose of until its wait handle is asked for.")]
internal sealed class EventLogShardGrain(
    [FromKeyedServices(GrainStorage.Name)] IGrainStorage storage, IGrainContext context) : Grain, IEventLogShardGrain
{
    private readonly LogSegments _segments = new(storage, context.GrainId, LogShardKey.Parse(context.GrainId.Key.ToString()!).IsOfStrangers);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private Batch _waiting = new();

    private LogShardKey Key => LogShardKey.Parse(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _segments.LoadAsync();

    public async Task AppendAsync(ImmutableArray<LoggedActivity> entries)
    {
        var batch = _waiting;
        batch.Entries.AddRange(entries);
        await _writing.WaitAsync();
        try
        {
            // The first call writes for all of its batch; the others find that done, or failed.
            if (batch == _waiting)
            {
                _waiting = new Batch();
                batch.Write = WriteAsync(batch.Entries);
            }

            await batch.Write!;
        }
        finally
        {
            _writing.Release();
        }
    }

    public Task<LogShardPage> ReadAsync(ActivityQuery query) => _segments.ReadAsync(query);

    public async Task ClearAsync()
    {
        await _writing.WaitAsync();
        try
        {
            var accounts = await _segments.ClearAsync();
            await Parallel.ForEachAsync(
                accounts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (account, _) => await new AccountLog(storage, account.Key).ForgetAsync(account.Value));
        }
        finally
        {
            DeactivateOnIdle();
            _writing.Release();
        }
    }

    private async Task WriteAsync(List<LoggedActivity> entries)
    {
        try
        {
            // Readers go by the list of days, so it has this one before it has entries.
            if (_segments.IsEmpty)
                await GrainFactory.GetGrain<IEventLogDaysGrain>(0).AddAsync(Key.Day, Key.Shard);
            await _segments.AppendAsync(entries);
        }
        catch
        {
            // Nobody knows what is stored. The next activation reads it; the sender of these entries sends them again.
            DeactivateOnIdle();
            throw;
        }
    }

    private sealed class Batch
    {
        public List<LoggedActivity> Entries { get; } = [];

        public Task? Write { get; set; }
    }
}
