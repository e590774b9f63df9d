using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.OrleansHost.Grains.EventLog;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>Events of one account on their way from its record to the log.</summary>
internal sealed class Outbox
{
    public static readonly Outbox Empty = new([]);

    /// <summary>Kept while the log is out of reach; past it the oldest are lost to the log. The account's own recent activity has them still.</summary>
    private const int Limit = 256;

    /// <summary>An act waits no longer for the log, which is not what it promises.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private Outbox(ImmutableArray<ActivityEntry> entries) => Entries = entries;

    /// <summary>Oldest first.</summary>
    public ImmutableArray<ActivityEntry> Entries { get; private set; }

    public static Outbox Of(ImmutableArray<ActivityEntry> entries) => new(entries);

    public Outbox With(ImmutableArray<ActivityEntry> events)
    {
        var all = Entries.AddRange(events);
        return new Outbox(all.RemoveRange(0, Math.Max(0, all.Length - Limit)));
    }

    /// <summary>Gives the log what is here. What it takes twice it has once; what it does not take stays for the next time.</summary>
    public async Task SendAsync(Guid accountId, IGrainFactory grains, TimeProvider time)
    {
        if (Entries.IsEmpty)
            return;
        try
        {
            await SendAllAsync(accountId, grains).WaitAsync(Patience, time);
            Entries = [];
        }
        catch (Exception notTaken) when (notTaken is StateUnavailableException or TimeoutException)
        {
            // They are stored with the account.
        }
    }

    private Task SendAllAsync(Guid accountId, IGrainFactory grains)
    {
        var logged = Entries.Select(entry => new LoggedActivity(LogSequence.Of(accountId, entry), accountId, entry));
        return Task.WhenAll(
            from activity in logged
            group activity by LogShardKey.Of(accountId, activity.Entry.Time) into shard
            select grains.GetGrain<IEventLogShardGrain>(shard.Key.ToString()).AppendAsync([.. shard]));
    }
}
