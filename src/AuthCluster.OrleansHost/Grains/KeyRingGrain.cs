using System.Collections.Immutable;
using AuthCluster.Leases;
using AuthCluster.OrleansHost.Leases;
using AuthCluster.OrleansHost.Storage;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>The stored key ring. There is one such grain.</summary>
[Alias("authcluster.key-ring")]
internal interface IKeyRingGrain : IGrainWithIntegerKey
{
    [Alias("ask")]
    Task<LeasedAnswer<StoredKeyRing>> AskAsync(Guid holder);

    /// <summary>False where the stored version is another. When it is saved, no node goes by the ring before it.</summary>
    [Alias("save")]
    Task<bool> SaveAsync(ImmutableArray<StoredKey> keys, long expectedVersion);

    /// <summary>Takes keys in that verify what another deployment has signed, but none that was taken in before. How many it were.</summary>
    [Alias("import")]
    Task<int> ImportAsync(ImmutableArray<StoredKey> keys);
}

[GenerateSerializer, Alias("authcluster.key-ring-record")]
internal sealed record KeyRingRecord : IHasOwner<KeyRingRecord>
{
    [Id(0)]
    public StoredKeyRing Ring { get; init; } = new(0, []);

    [Id(1)]
    public Owner? Owner { get; init; }

    /// <summary>Ids of imported keys. They stay when a key is retired: an import that is repeated must not bring its tokens back.</summary>
    [Id(2)]
    public ImmutableArray<string> Imported { get; init; } = [];

    public bool HasContent => Ring.Version > 0;

    public KeyRingRecord OwnedBy(Owner owner) => this with { Owner = owner };
}

[GrainType("key-ring")]
internal sealed class KeyRingGrain : Grain, IKeyRingGrain
{
    /// <summary>The key ring among the leased records. No account has this id.</summary>
    public static readonly Guid LeaseKey = Guid.Empty;

    private readonly Lender _lender;
    private readonly OwnedState<KeyRingRecord> _record;
    private readonly Tenancy _tenancy;

    public KeyRingGrain([PersistentState("key-ring", GrainStorage.Name)] IPersistentState<KeyRingRecord> stored, Lender lender)
    {
        _lender = lender;
        _record = new OwnedState<KeyRingRecord>(stored);
        _tenancy = new Tenancy(lender, LeaseKey, _record);
    }

    public async Task<LeasedAnswer<StoredKeyRing>> AskAsync(Guid holder)
    {
        await _tenancy.EnsureAsync();
        return new LeasedAnswer<StoredKeyRing>(_record.Value.Ring, _lender.Id, _tenancy.Lend(holder));
    }

    public async Task<bool> SaveAsync(ImmutableArray<StoredKey> keys, long expectedVersion)
    {
        await _tenancy.EnsureAsync();
        if (_record.Value.Ring.Version != expectedVersion)
            return false;
        _record.Prepare(_record.Value with { Ring = new StoredKeyRing(expectedVersion + 1, keys) });
        return await _tenancy.SaveAsync(copiesStayTrue: false);
    }

    public async Task<int> ImportAsync(ImmutableArray<StoredKey> keys)
    {
        await _tenancy.EnsureAsync();
        var record = _record.Value;
        var added = keys.RemoveAll(key => record.Imported.Contains(key.Id));
        if (added.IsEmpty)
            return 0;
        _record.Prepare(record with
        {
            // In front: the newest key, which signs, is the last one.
            Ring = new StoredKeyRing(record.Ring.Version + 1, [.. added, .. record.Ring.Keys]),
            Imported = [.. record.Imported, .. added.Select(key => key.Id)],
        });
        return await _tenancy.SaveAsync(copiesStayTrue: false)
            ? added.Length
            : throw new StateUnavailableException("The key ring is being written by somebody else.");
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _tenancy.Forget();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }
}
