namespace AuthCluster.Accounts.Acts;

/// <summary>Gives back an attempt that was never compared, for example because the hash lane was full.</summary>
public sealed record ReleaseAttempt(SettledAttempt Attempt) : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment) => state is null
        ? Decision.Unchanged<Done>(state, default(Done))
        : Decision.Passing<Done>(state.Release(Attempt), default(Done));
}
