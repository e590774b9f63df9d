namespace AuthCluster.Accounts.Acts;

/// <summary>An administrator ends one device session.</summary>
public sealed record EndDeviceByAdministrator(Guid DeviceId) : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment)
    {
        if (state is null)
            return Decision.Unchanged<Done>(state, Refusal.NoSuchAccount);
        return state.FindDevice(DeviceId) is { } ended
            ? Decision.Changed<Done>(
                state.WithoutDevice(ended.Id), default(Done), moment, state.ByAdministrator(moment, ActivityEvents.DeviceRevoked, ended))
            : Decision.Unchanged<Done>(state, Refusal.NoSuchDevice);
    }
}
