namespace AuthCluster.Accounts.Acts;

/// <summary>An act that an administrator does to an account. Its entries name the administrator.</summary>
public sealed record ByAdministrator<TResult>(Actor Actor, Act<TResult> Act) : Act<TResult>
{
    public override Decision<TResult> Decide(AccountState? state, Moment moment) => Act.Decide(state, moment with { Actor = Actor });
}
