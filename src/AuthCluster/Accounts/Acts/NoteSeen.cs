namespace AuthCluster.Accounts.Acts;

/// <summary>Notes that a token of this session was presented: the session is in use, and a newest pair that is presented was not lost.</summary>
public sealed record NoteSeen(Guid SessionId, int Rotation) : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment)
    {
        if (state?.FindSession(SessionId) is not { } session)
            return Decision.Unchanged<Done>(state, default(Done));
        var isNewest = Rotation == session.Rotation.Number;
        var seen = session with
        {
            LastSeen = moment.Now > session.LastSeen ? moment.Now : session.LastSeen,
            Rotation = isNewest ? session.Rotation with { Seen = true } : session.Rotation,
        };
        return Decision.Changed<Done>(state.WithSession(seen), default(Done));
    }
}
