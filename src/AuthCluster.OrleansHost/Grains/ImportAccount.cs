using AuthCluster.Accounts;

namespace AuthCluster.OrleansHost.Grains;

/// <summary>Takes an account over that another deployment had, unless there is or was one under its id here.</summary>
internal sealed record ImportAccount(AccountState Imported, bool WasDeleted) : Act<ImportAnswer>
{
    public override Decision<ImportAnswer> Decide(AccountState? state, Moment moment) => state is not null || WasDeleted
        ? Decision.Unchanged<ImportAnswer>(state, ImportAnswer.Known)
        : Decision.Changed<ImportAnswer>(Imported, ImportAnswer.Imported);
}
