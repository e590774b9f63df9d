using AuthCluster.Leases;

namespace AuthCluster.Tests.Leases.Simulation;

/// <summary>What a grain does with its record: one turn at a time, each ensured, saved and answered as the silo's grains do.</summary>
internal sealed class Activation : IOwnedRecord
{
    private readonly Silo _silo;
    private readonly Cluster _cluster;
    private readonly Guid _key;
    private readonly Tenancy _tenancy;
    private Task _lastTurn = Task.CompletedTask;
    private Store.Row? _row;
    private int _draft;

    public Activation(Silo silo, Cluster cluster, Guid key)
    {
        (_silo, _cluster, _key) = (silo, cluster, key);
        _tenancy = new Tenancy(silo.Lender, key, this);
    }

    public bool Exists => _row is not null;

    public Owner? Owner => _row?.Owner;

    public Task<LeasedAnswer<Secret>> AskAsync(Guid holder) => TurnAsync(async () =>
    {
        await _tenancy.EnsureAsync();
        return new LeasedAnswer<Secret>(new Secret(_row?.Secret ?? 0), _silo.Lender.Id, _tenancy.Lend(holder));
    });

    /// <summary>Replaces the secret, or saves something that no copy shows.</summary>
    public Task<int> SaveAsync(bool revokes) => TurnAsync(async () =>
    {
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await _tenancy.EnsureAsync();
            _draft = (_row?.Secret ?? 0) + (revokes ? 1 : 0);
            if (await _tenancy.SaveAsync(copiesStayTrue: !revokes))
                return _draft;
        }

        throw new StateUnavailableException("Written by another.");
    });

    public Task LeaveAsync() => TurnAsync(async () =>
    {
        await _tenancy.LeaveAsync();
        return true;
    });

    public async Task ReadAsync()
    {
        _row = await _cluster.Store.ReadAsync(_silo.Machine, _key);
        _draft = _row?.Secret ?? 0;
    }

    public async Task<bool> TryWriteAsync(Owner owner)
    {
        var row = new Store.Row(_draft, owner);
        var version = _row?.Version ?? 0;
        if (!await _cluster.Store.TryWriteAsync(_silo.Machine, _key, row, version))
            return false;
        _row = row with { Version = version + 1 };
        return true;
    }

    private async Task<T> TurnAsync<T>(Func<Task<T>> turn)
    {
        var before = _lastTurn;
        var done = new TaskCompletionSource();
        _lastTurn = done.Task;
        await before;
        try
        {
            _draft = _row?.Secret ?? 0;
            return await turn();
        }
        catch (Exception fault) when (fault is TimeoutException or StateUnavailableException)
        {
            _tenancy.Forget();
            throw;
        }
        finally
        {
            done.SetResult();
        }
    }
}

/// <summary>What a copy shows.</summary>
internal sealed record Secret(int Number);
