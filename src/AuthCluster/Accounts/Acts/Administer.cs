using System.Collections.Immutable;

namespace AuthCluster.Accounts.Acts;

/// <summary>An administrator changes the roles, or deactivates or activates the account.</summary>
public sealed record Administer : Act<AccountView>
{
    /// <summary>The roles from now on; <c>null</c> leaves them. Access tokens die, refresh tokens live on.</summary>
    public ImmutableArray<string>? Roles { get; init; }

    /// <summary><c>null</c> leaves it. Deactivation ends every session, and activation brings none back.</summary>
    public bool? Active { get; init; }

    public override Decision<AccountView> Decide(AccountState? state, Moment moment)
    {
        if (state is null)
            return Decision.Refuse<AccountView>(state, Refusal.NoSuchAccount);
        var decision = Decision.Unchanged<AccountView>(state, AccountView.Of(state));
        if (Roles is { } roles && !state.Roles.SequenceEqual(roles, StringComparer.Ordinal))
            decision = Append(decision, state.WithNewAccessSecret(moment) with { Roles = roles }, ActivityEvents.RolesChanged, moment);
        if (Active is { } active && active != state.Active)
        {
            var changed = decision.State!.EndAllSessions(moment) with { Active = active };
            decision = Append(decision, changed, active ? ActivityEvents.Activated : ActivityEvents.Deactivated, moment);
        }

        return decision;
    }

    private static Decision<AccountView> Append(Decision<AccountView> earlier, AccountState changed, string name, Moment moment)
    {
        var next = Decision.Changed<AccountView>(changed, AccountView.Of(changed), moment, changed.ByAdministrator(moment, name));
        return next with { Effects = earlier.Effects.AddRange(next.Effects) };
    }
}
