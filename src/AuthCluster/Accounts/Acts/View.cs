namespace AuthCluster.Accounts.Acts;

/// <summary>Reads the account.</summary>
public sealed record View : Act<AccountView>
{
    public override Decision<AccountView> Decide(AccountState? state, Moment moment) => state is null
        ? Decision.Refuse<AccountView>(state, Refusal.NoSuchAccount)
        : Decision.Unchanged<AccountView>(state, AccountView.Of(state));
}
