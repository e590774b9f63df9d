using AuthCluster.OrleansHost.Storage;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>A share of the accounts that have mails to send. The mails are with the accounts.</summary>
[Alias("authcluster.waiting-mails")]
internal interface IWaitingMailsGrain : IGrainWithIntegerKey
{
    /// <summary>Before an account is saved with a new mail. Where that save fails, the account is listed for nothing until a sender asks it.</summary>
    [Alias("add")]
    Task AddAsync(Guid account);

    [Alias("take")]
    Task<List<MailTurn>> TakeDueAsync(int limit);

    [Alias("settle")]
    Task SettleAsync(MailTurn turn, DateTimeOffset? again);
}

[GenerateSerializer, Alias("authcluster.waiting-mails-record")]
internal sealed class WaitingMailsRecord
{
    /// <summary>The stamp of each account.</summary>
    [Id(0)]
    public Dictionary<Guid, long> Stamps { get; init; } = [];

    /// <summary>The last stamp that was given: none is given twice, also to an account that comes back.</summary>
    [Id(1)]
    public long LastStamp { get; init; }
}

[GrainType("waiting-mails")]
internal sealed class WaitingMailsGrain(
    [PersistentState("waiting-mails", GrainStorage.Name)] IPersistentState<WaitingMailsRecord> stored, TimeProvider time)
    : StoredGrain<WaitingMailsRecord>(stored), IWaitingMailsGrain
{
    /// <summary>Shares of all accounts.</summary>
    public const int Count = 8;

    /// <summary>
    /// Accounts of a share: some 250 KB. With more, mail servers are away and mails wait by the ten thousand; an account that is not listed is
    /// listed when it is next loaded.
    /// </summary>
    private const int Limit = 10_000;

    // In memory only: after a crash everything is due, and a mail may go out twice.
    private readonly Dictionary<Guid, DateTimeOffset> _due = [];

    public async Task AddAsync(Guid account)
    {
        if (Record.Stamps.Count >= Limit && !Record.Stamps.ContainsKey(account))
            return;
        var stamp = Record.LastStamp + 1;
        await SaveAsync(new WaitingMailsRecord { Stamps = new Dictionary<Guid, long>(Record.Stamps) { [account] = stamp }, LastStamp = stamp });
        // A sender that asks the account waits for the save that this goes ahead of; it need not come before.
        _due[account] = time.GetUtcNow() + TimeSpan.FromMilliseconds(500);
    }

    public Task<List<MailTurn>> TakeDueAsync(int limit)
    {
        var now = time.GetUtcNow();
        var turns = Record.Stamps.Where(entry => !_due.TryGetValue(entry.Key, out var due) || due <= now).Take(limit)
            .Select(entry => new MailTurn(entry.Key, entry.Value)).ToList();
        foreach (var turn in turns)
            _due[turn.AccountId] = now + MailTurn.Patience;
        return Task.FromResult(turns);
    }

    public async Task SettleAsync(MailTurn turn, DateTimeOffset? again)
    {
        if (!Record.Stamps.TryGetValue(turn.AccountId, out var stamp) || stamp != turn.Stamp)
            return;
        if (again is { } due)
        {
            _due[turn.AccountId] = due;
            return;
        }

        var left = new Dictionary<Guid, long>(Record.Stamps);
        left.Remove(turn.AccountId);
        await SaveAsync(new WaitingMailsRecord { Stamps = left, LastStamp = Record.LastStamp });
        _due.Remove(turn.AccountId);
    }
}

/// <summary>Finds the share of an account.</summary>
internal static class WaitingMailsGrains
{
    public static IWaitingMailsGrain WaitingMailsOf(this IGrainFactory grains, Guid account) =>
        grains.GetGrain<IWaitingMailsGrain>(account.ToByteArray(bigEndian: true)[^1] % WaitingMailsGrain.Count);
}
