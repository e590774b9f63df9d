using AuthCluster.OrleansHost.Storage;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>
/// Which accounts are active administrators, so that the last one stays. There is one such grain. What it knows is never more than the
/// truth: an account leaves before it is saved without the role, and joins after it was saved with it.
/// </summary>
[Alias("authcluster.administrators")]
internal interface IAdministratorsGrain : IGrainWithIntegerKey
{
    /// <summary>Before an administrator is demoted, deactivated or deleted. False where no other one is known.</summary>
    /// <param name="version">The stored version that the account has until then.</param>
    [Alias("leave")]
    Task<bool> LeaveAsync(Guid account, long version);

    /// <summary>False where the account was leaving as of this version or a later one: it may be stored without the role by now.</summary>
    [Alias("join")]
    Task<bool> JoinAsync(Guid account, long version);
}

[GenerateSerializer, Alias("authcluster.administrators-record")]
internal sealed class AdministratorsRecord
{
    /// <summary>Accounts that left stay in the list, so that an activation with an old state cannot make them join again.</summary>
    [Id(0)]
    public Dictionary<Guid, AdministratorMark> Marks { get; init; } = [];
}

[GenerateSerializer, Alias("authcluster.administrator-mark")]
internal readonly record struct AdministratorMark([property: Id(0)] bool IsActive, [property: Id(1)] long Version);

[GrainType("administrators")]
internal sealed class AdministratorsGrain([PersistentState("administrators", GrainStorage.Name)] IPersistentState<AdministratorsRecord> stored)
    : StoredGrain<AdministratorsRecord>(stored), IAdministratorsGrain
{
    public async Task<bool> LeaveAsync(Guid account, long version)
    {
        if (!Record.Marks.Any(other => other.Key != account && other.Value.IsActive))
            return false;
        await MarkAsync(account, new AdministratorMark(IsActive: false, version));
        return true;
    }

    public async Task<bool> JoinAsync(Guid account, long version)
    {
        if (Record.Marks.TryGetValue(account, out var mark) && (mark.IsActive || mark.Version >= version))
            return mark.IsActive;
        await MarkAsync(account, new AdministratorMark(IsActive: true, version));
        return true;
    }

    private Task MarkAsync(Guid account, AdministratorMark mark) =>
        SaveAsync(new AdministratorsRecord { Marks = new Dictionary<Guid, AdministratorMark>(Record.Marks) { [account] = mark } });
}
