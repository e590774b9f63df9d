namespace AuthCluster.Accounts.Acts;

/// <summary>An entry of the administrator's own account says that the administrator rotated the signing keys.</summary>
public sealed record NoteKeyRotation : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment) => state is null
        ? Decision.Refuse<Done>(state, Refusal.NoSuchAccount)
        : Decision.Changed<Done>(state, default(Done), moment, state.ByAdministrator(moment, ActivityEvents.KeysRotated));
}
