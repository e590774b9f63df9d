namespace AuthCluster.Accounts;

/// <summary>What a pair of tokens says. The tokens themselves are written and signed outside the account's turn.</summary>
public sealed record Grant
{
    /// <summary>When it was granted: lifetimes count from here.</summary>
    public required DateTimeOffset At { get; init; }

    public required AccountView Account { get; init; }

    public required Session Session { get; init; }

    /// <summary>When the session is over, unless it is refreshed before. No token of this pair lives longer.</summary>
    public required DateTimeOffset SessionEnd { get; init; }

    public required Guid AccessSecret { get; init; }

    public required Guid RefreshSecret { get; init; }

    public required int DeviceTokenGeneration { get; init; }

    public static Grant Of(AccountState state, Session session, Moment moment) => new()
    {
        At = moment.Now,
        Account = AccountView.Of(state),
        Session = session,
        SessionEnd = session.LapsesAt(moment.Rules),
        AccessSecret = state.AccessSecret,
        RefreshSecret = state.RefreshSecret,
        DeviceTokenGeneration = state.DeviceTokenGeneration,
    };
}
