namespace AuthCluster.Accounts.Acts;

/// <summary>Gives back an attempt whose code was never compared.</summary>
public sealed record ReleaseCode(SettledCode Code) : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment) => state is null
        ? Decision.Unchanged<Done>(state, default(Done))
        : Decision.Passing<Done>(state.Release(Code), default(Done));
}
