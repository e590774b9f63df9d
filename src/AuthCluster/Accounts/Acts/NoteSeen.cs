namespace AuthCluster.Accounts.Acts;

/// <summary>Notes that a token of this session was presented: the session is in use, and a newest pair that is presented was not lost.</summary>
public sealed record NoteSeen(Guid SessionId, int Rotation) : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment)
    {
        if (state?.FindDevice(SessionId) is not { } device)
            return Decision.Unchanged<Done>(state, default(Done));
        var isNewest = Rotation == device.Rotation.Number;
        var seen = device with
        {
            LastSeen = moment.Now > device.LastSeen ? moment.Now : device.LastSeen,
            Rotation = isNewest ? device.Rotation with { Seen = true } : device.Rotation,
        };
        return Decision.Changed<Done>(state.WithDevice(seen), default(Done));
    }
}
