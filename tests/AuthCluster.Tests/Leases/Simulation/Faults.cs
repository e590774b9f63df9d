using AuthCluster.Leases;

namespace AuthCluster.Tests.Leases.Simulation;

/// <summary>Faults that an implementation could have, put in at its ports. Without any, nothing is changed.</summary>
internal class Faults
{
    public static readonly Faults None = new();

    public virtual ILenderRecords Records(ILenderRecords records) => records;

    public virtual ILenderCalls Calls(ILenderCalls calls) => calls;

    public virtual IHolderCalls Calls(IHolderCalls calls) => calls;
}

/// <summary>Copies are used for longer than they were lent.</summary>
internal sealed class LongerLeases : Faults
{
    public override IHolderCalls Calls(IHolderCalls calls) => new Doubled(calls);

    private sealed class Doubled(IHolderCalls calls) : IHolderCalls
    {
        public async Task<LeaseTerms?> OpenAsync(string lender, Guid holder, Guid? discarded) =>
            Longer(await calls.OpenAsync(lender, holder, discarded));

        public async Task<LeaseTerms?> RenewAsync(string lender, Guid lease) => Longer(await calls.RenewAsync(lender, lease));

        private static LeaseTerms? Longer(LeaseTerms? terms) => terms is { } t ? t with { Remaining = t.Remaining * 2 } : null;
    }
}

/// <summary>A change is acknowledged without a word to those who hold copies.</summary>
internal sealed class NoRecalls : Faults
{
    public override ILenderCalls Calls(ILenderCalls calls) => new Silent(calls);

    private sealed class Silent(ILenderCalls calls) : ILenderCalls
    {
        public Task GiveUpAsync(string lender, Guid key, Guid epoch) => calls.GiveUpAsync(lender, key, epoch);

        public Task RecallAsync(Guid holder, Guid key) => Task.CompletedTask;

        public Task<bool> DiscardAsync(Guid holder, string lender, Guid lease) => calls.DiscardAsync(holder, lender, lease);
    }
}

/// <summary>A new owner does not ask the one before it.</summary>
internal sealed class NoGivingUp : Faults
{
    public override ILenderCalls Calls(ILenderCalls calls) => new Hasty(calls);

    private sealed class Hasty(ILenderCalls calls) : ILenderCalls
    {
        public Task GiveUpAsync(string lender, Guid key, Guid epoch) => Task.CompletedTask;

        public Task RecallAsync(Guid holder, Guid key) => calls.RecallAsync(holder, key);

        public Task<bool> DiscardAsync(Guid holder, string lender, Guid lease) => calls.DiscardAsync(holder, lender, lease);
    }
}

/// <summary>A silo that was shut out does not notice.</summary>
internal sealed class BlindLenders : Faults
{
    public override ILenderRecords Records(ILenderRecords records) => new Blind(records);

    private sealed class Blind(ILenderRecords records) : ILenderRecords
    {
        private string? _own;

        public Task<bool> TryCreateAsync(string lender, TimeSpan duration)
        {
            _own = lender;
            return records.TryCreateAsync(lender, duration);
        }

        public async Task<LenderState> ReadAsync(string lender)
        {
            var state = await records.ReadAsync(lender);
            return lender == _own ? state with { Status = LenderStatus.Lending } : state;
        }

        public Task MoveToAsync(string lender, LenderStatus status) => records.MoveToAsync(lender, status);
    }
}

/// <summary>A node that shuts a lender out waits for one of its own leases, though those of the other one may last longer.</summary>
internal sealed class OwnLeaseForAll : Faults
{
    public override ILenderRecords Records(ILenderRecords records) => new Shortened(records);

    private sealed class Shortened(ILenderRecords records) : ILenderRecords
    {
        private TimeSpan _own;

        public Task<bool> TryCreateAsync(string lender, TimeSpan duration)
        {
            _own = duration;
            return records.TryCreateAsync(lender, duration);
        }

        public async Task<LenderState> ReadAsync(string lender) => await records.ReadAsync(lender) with { Duration = _own };

        public Task MoveToAsync(string lender, LenderStatus status) => records.MoveToAsync(lender, status);
    }
}
