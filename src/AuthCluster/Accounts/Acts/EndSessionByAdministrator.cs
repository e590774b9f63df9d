namespace AuthCluster.Accounts.Acts;

/// <summary>An administrator ends one session.</summary>
public sealed record EndSessionByAdministrator(Guid SessionId) : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment)
    {
        if (state is null)
            return Decision.Refuse<Done>(state, Refusal.NoSuchAccount);
        return state.FindSession(SessionId) is { } ended
            ? Decision.Changed<Done>(
                state.WithoutSession(ended.Id), default(Done), moment, state.ByAdministrator(moment, ActivityEvents.DeviceRevoked, ended))
            : Decision.Refuse<Done>(state, Refusal.NoSuchSession);
    }
}
