namespace AuthCluster.Accounts.Acts;

/// <summary>An administrator makes tokens of the account invalid.</summary>
public sealed record RevokeTokens(RevokedTokens Tokens) : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment)
    {
        if (state is null)
            return Decision.Refuse<Done>(state, Refusal.NoSuchAccount);
        var changed = Tokens switch
        {
            RevokedTokens.Access => state.WithNewAccessSecret(moment) with { Legacy = LegacyTokens.EndedBy(moment.Now) },
            RevokedTokens.Refresh => state.WithNewRefreshSecret(moment),
            _ => state.EndAllSessions(moment),
        };
        return Decision.Changed<Done>(changed, default(Done), moment, state.ByAdministrator(moment, ActivityEvents.TokensRevoked));
    }
}

public enum RevokedTokens
{
    Access,
    Refresh,

    /// <summary>Both kinds; every session ends.</summary>
    All,
}
