using AuthCluster.Leases;

namespace AuthCluster.Tests.Leases.Simulation;

/// <summary>The store that all machines share: each call happens at one moment between question and answer, if it arrives at all.</summary>
internal sealed class Store(World world)
{
    private readonly Machine _machine = new(world, "store");
    private readonly Dictionary<Guid, Row> _rows = [];
    private readonly Dictionary<string, GranterStanding> _granters = new(StringComparer.Ordinal);

    public IGranterRecords GrantersSeenBy(Machine machine) => new GranterRecords(this, machine);

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

    private sealed class GranterRecords(Store store, Machine machine) : IGranterRecords
    {
        public Task CreateAsync(string granter) => Change(() => store._granters.TryAdd(granter, GranterStanding.Granting));

        public Task<GranterStanding> ReadAsync(string granter) =>
            store.CallAsync(machine, () => store._granters.GetValueOrDefault(granter, GranterStanding.ShutOut));

        public Task MoveToAsync(string granter, GranterStanding standing) => Change(() =>
        {
            if (store._granters.GetValueOrDefault(granter) < standing)
                store._granters[granter] = standing;
        });

        private Task<bool> Change(Action change) => store.CallAsync(machine, () =>
        {
            change();
            return true;
        });
    }
}
