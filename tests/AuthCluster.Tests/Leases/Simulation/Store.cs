using AuthCluster.Leases;

namespace AuthCluster.Tests.Leases.Simulation;

/// <summary>The store that all machines share: each call happens at one moment between question and answer, if it arrives at all.</summary>
internal sealed class Store(World world)
{
    private readonly Machine _machine = new(world, "store");
    private readonly Dictionary<Guid, Row> _rows = [];
    private readonly Dictionary<string, LenderState> _lenders = new(StringComparer.Ordinal);

    public ILenderRecords LendersSeenBy(Machine machine) => new LenderRecords(this, machine);

    public Task<Row?> ReadAsync(Machine from, Guid key) => CallAsync(from, () => _rows.GetValueOrDefault(key));

    /// <param name="version">0 where none was read.</param>
    public Task<bool> TryWriteAsync(Machine from, Guid key, Row row, int version) => CallAsync(from, () =>
    {
        if ((_rows.GetValueOrDefault(key)?.Version ?? 0) != version)
            return false;
        _rows[key] = row with { Version = version + 1 };
        return true;
    });

    public void CutOff(Machine machine, TimeSpan duration)
    {
        world.Cut(machine, _machine, duration);
        world.Cut(_machine, machine, duration);
    }

    private Task<T> CallAsync<T>(Machine from, Func<T> act) => world.CallAsync(from, _machine, () => Task.FromResult(act()));

    public sealed record Row(int Secret, Owner Owner, int Version = 0);

    private sealed class LenderRecords(Store store, Machine machine) : ILenderRecords
    {
        public Task<bool> TryCreateAsync(string lender, TimeSpan duration) =>
            store.CallAsync(machine, () => store._lenders.TryAdd(lender, new LenderState(LenderStatus.Lending, duration)));

        public Task<LenderState> ReadAsync(string lender) =>
            store.CallAsync(machine, () => store._lenders.GetValueOrDefault(lender, new LenderState(LenderStatus.Over, TimeSpan.Zero)));

        public Task MoveToAsync(string lender, LenderStatus status) => store.CallAsync(machine, () =>
        {
            if (!store._lenders.TryGetValue(lender, out var state) || state.Status >= status)
                return false;
            if (status == LenderStatus.Over)
                return store._lenders.Remove(lender);
            store._lenders[lender] = state with { Status = status };
            return true;
        });
    }
}
