using System.Collections.Immutable;

namespace AuthCluster.Accounts.Acts;

/// <summary>Reads the recent activity that the account holds, oldest first.</summary>
public sealed record ViewActivity : Act<ImmutableArray<ActivityEntry>>
{
    public override Decision<ImmutableArray<ActivityEntry>> Decide(AccountState? state, Moment moment) => state is null
        ? Decision.Refuse<ImmutableArray<ActivityEntry>>(state, Refusal.NoSuchAccount)
        : Decision.Unchanged<ImmutableArray<ActivityEntry>>(state, state.Activity);
}
