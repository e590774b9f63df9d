namespace AuthCluster.Accounts.Acts;

/// <summary>An administrator deletes the account.</summary>
public sealed record DeleteByAdministrator : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment) => state is null
        ? Decision.Refuse<Done>(state, Refusal.NoSuchAccount)
        : Decision.Deleted<Done>(state, default(Done), state.ByAdministrator(moment, ActivityEvents.Deleted));
}
