namespace AuthCluster.Accounts;

/// <summary>The limits that a deployment sets. Defaults are those of the settings table.</summary>
public sealed record AccountRules
{
    public TimeSpan RefreshLifetime { get; init; } = TimeSpan.FromDays(30);

    public TimeSpan RefreshGrace { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan SessionMaxAge { get; init; } = TimeSpan.FromDays(90);

    public int SessionLimit { get; init; } = 20;

    public AtSessionLimit AtSessionLimit { get; init; } = AtSessionLimit.EvictLeastRecentlyUsed;

    public int ActivityKept { get; init; } = 50;

    public int AttemptsBeforeBackOff { get; init; } = 10;

    /// <summary>Wrong second-factor codes.</summary>
    public int CodeAttemptsBeforeBackOff { get; init; } = 5;

    public TimeSpan BackOff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan BackOffMax { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether only confirmed addresses can log in.</summary>
    public bool ConfirmEmail { get; init; }

    /// <summary>The rules for a budget of this purpose.</summary>
    internal AccountRules For(AttemptPurpose purpose) =>
        purpose == AttemptPurpose.Code ? this with { AttemptsBeforeBackOff = CodeAttemptsBeforeBackOff } : this;
}

/// <summary>What a login does when the account has as many sessions as it may.</summary>
public enum AtSessionLimit
{
    EvictLeastRecentlyUsed,
    EvictOldest,
    EvictAll,
    Reject,
}

/// <summary>What happens when a token comes from another place than the one it was handed to.</summary>
public enum BindingMode
{
    Off,
    Log,
    Strict,
}
