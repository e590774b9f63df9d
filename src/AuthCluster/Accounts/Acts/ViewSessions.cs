using System.Collections.Immutable;

namespace AuthCluster.Accounts.Acts;

/// <summary>Reads the living sessions, in the order of their logins.</summary>
public sealed record ViewSessions : Act<ImmutableArray<Session>>
{
    public override Decision<ImmutableArray<Session>> Decide(AccountState? state, Moment moment) => state is null
        ? Decision.Refuse<ImmutableArray<Session>>(state, Refusal.NoSuchAccount)
        : Decision.Unchanged<ImmutableArray<Session>>(state, state.Sessions.RemoveAll(session => session.IsOver(moment.Now, moment.Rules)));
}
