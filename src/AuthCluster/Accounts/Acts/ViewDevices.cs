using System.Collections.Immutable;

namespace AuthCluster.Accounts.Acts;

/// <summary>Reads the living device sessions, in the order of their logins.</summary>
public sealed record ViewDevices : Act<ImmutableArray<Device>>
{
    public override Decision<ImmutableArray<Device>> Decide(AccountState? state, Moment moment) => state is null
        ? Decision.Unchanged<ImmutableArray<Device>>(state, Refusal.NoSuchAccount)
        : Decision.Unchanged<ImmutableArray<Device>>(state, state.Devices.RemoveAll(device => device.IsOver(moment.Now, moment.Rules)));
}
