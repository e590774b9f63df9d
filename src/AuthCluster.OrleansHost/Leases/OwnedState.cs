using AuthCluster.Leases;
using Orleans.Storage;

namespace AuthCluster.OrleansHost.Leases;

/// <summary>A record that names its owner.</summary>
internal interface IHasOwner<TRecord>
{
    /// <summary>Whether there is something to own. An answer that says "nothing" is not lent.</summary>
    bool HasContent { get; }

    Owner? Owner { get; }

    TRecord OwnedBy(Owner owner);
}

/// <summary>The stored record of a grain, as leases see it.</summary>
internal sealed class OwnedState<TRecord>(IPersistentState<TRecord> stored) : IOwnedRecord
    where TRecord : IHasOwner<TRecord>
{
    private TRecord? _draft;

    // An activation begins with a read.
    private bool _isFresh = true;

    public TRecord Value => stored.State;

    public bool Exists => stored.State.HasContent;

    public Owner? Owner => stored.State.Owner;

    /// <summary>Sets the record that the next write stores.</summary>
    public void Prepare(TRecord draft) => _draft = draft;

    public async Task ReadAsync()
    {
        _draft = default;
        if (!_isFresh)
            await stored.ReadStateAsync();
        _isFresh = false;
    }

    public async Task<bool> TryWriteAsync(Owner owner)
    {
        stored.State = (_draft ?? stored.State).OwnedBy(owner);
        _draft = default;
        try
        {
            await stored.WriteStateAsync();
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }
}
