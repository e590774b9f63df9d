using System.Collections.Immutable;
using AuthCluster.Accounts;

namespace AuthCluster.OrleansHost.EventLog;

/// <summary>
/// Effects of one account's acts on their way from its record to where they are carried out. They are stored with the state that they follow
/// from, and what was carried out is left out of the next save.
/// </summary>
internal sealed class Outbox
{
    public static readonly Outbox Empty = new([]);

    /// <summary>
    /// Entries kept while the log is out of reach; past it the oldest are lost to the log. The account's own recent activity has them still.
    /// </summary>
    private const int EntryLimit = 256;

    /// <summary>An act waits no longer for the log, which is not what it promises.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private Outbox(ImmutableArray<ActivityEntry> entries) => Entries = entries;

    /// <summary>For the log, oldest first.</summary>
    public ImmutableArray<ActivityEntry> Entries { get; private set; }

    public static Outbox Of(ImmutableArray<ActivityEntry> entries) => new(entries);

    /// <exception cref="NotSupportedException">An effect of a kind that nothing here carries out. Nothing is stored then.</exception>
    public Outbox With(ImmutableArray<Effect> effects)
    {
        var all = Entries.AddRange(effects.Select(EntryOf));
        return new Outbox(all.RemoveRange(0, Math.Max(0, all.Length - EntryLimit)));
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

    private static ActivityEntry EntryOf(Effect effect) => effect switch
    {
        Logged logged => logged.Entry,
        _ => throw new NotSupportedException($"The outbox does not carry {effect.GetType().Name}."),
    };
}
