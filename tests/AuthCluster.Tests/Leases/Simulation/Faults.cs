using AuthCluster.Leases;

namespace AuthCluster.Tests.Leases.Simulation;

/// <summary>Faults that an implementation could have, put in at its ports. Without any, nothing is changed.</summary>
internal class Faults
{
    public static readonly Faults None = new();

    public virtual IGranterRecords Records(IGranterRecords records) => records;

    public virtual IGranterCalls Calls(IGranterCalls calls) => calls;

    public virtual IHolderCalls Calls(IHolderCalls calls) => calls;
}

/// <summary>Copies are used for longer than they were granted.</summary>
internal sealed class LongerLeases : Faults
{
    public override IHolderCalls Calls(IHolderCalls calls) => new Doubled(calls);

    private sealed class Doubled(IHolderCalls calls) : IHolderCalls
    {
        public async Task<LeaseTerms?> OpenAsync(string granter, Guid holder, Guid? discarded) =>
            Longer(await calls.OpenAsync(granter, holder, discarded));

        public async Task<LeaseTerms?> RenewAsync(string granter, Guid lease) => Longer(await calls.RenewAsync(granter, lease));

        private static LeaseTerms? Longer(LeaseTerms? terms) => terms is { } t ? t with { Remaining = t.Remaining * 2 } : null;
    }
}

/// <summary>A change is acknowledged without a word to those who hold copies.</summary>
internal sealed class NoRecalls : Faults
{
    public override IGranterCalls Calls(IGranterCalls calls) => new Silent(calls);

    private sealed class Silent(IGranterCalls calls) : IGranterCalls
    {
        public Task GiveUpAsync(string granter, Guid key, Guid epoch) => calls.GiveUpAsync(granter, key, epoch);

        public Task RecallAsync(Guid holder, Guid key) => Task.CompletedTask;

        public Task<bool> DiscardAsync(Guid holder, string granter, Guid lease) => calls.DiscardAsync(holder, granter, lease);
    }
}

/// <summary>A new owner does not ask the one before it.</summary>
internal sealed class NoGivingUp : Faults
{
    public override IGranterCalls Calls(IGranterCalls calls) => new Hasty(calls);

    private sealed class Hasty(IGranterCalls calls) : IGranterCalls
    {
        public Task GiveUpAsync(string granter, Guid key, Guid epoch) => Task.CompletedTask;

        public Task RecallAsync(Guid holder, Guid key) => calls.RecallAsync(holder, key);

        public Task<bool> DiscardAsync(Guid holder, string granter, Guid lease) => calls.DiscardAsync(holder, granter, lease);
    }
}

/// <summary>A silo that was shut out does not notice.</summary>
internal sealed class BlindGranters : Faults
{
    public override IGranterRecords Records(IGranterRecords records) => new Blind(records);

    private sealed class Blind(IGranterRecords records) : IGranterRecords
    {
        private string? _own;

        public Task CreateAsync(string granter)
        {
            _own = granter;
            return records.CreateAsync(granter);
        }

        public async Task<GranterStanding> ReadAsync(string granter)
        {
            var standing = await records.ReadAsync(granter);
            return granter == _own ? GranterStanding.Granting : standing;
        }

        public Task MoveToAsync(string granter, GranterStanding standing) => records.MoveToAsync(granter, standing);
    }
}
