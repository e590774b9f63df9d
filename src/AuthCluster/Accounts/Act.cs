using System.Collections.Immutable;

namespace AuthCluster.Accounts;

/// <summary>
/// Something that may be done to an account, with the rule that decides on it. Pure: what it needs besides the account comes in as
/// arguments, and what it decides comes out as a value, so that every host runs the same rules and they are tested without one.
/// </summary>
public abstract record Act<TResult>
{
    /// <param name="state"><c>null</c> where there is no such account.</param>
    public abstract Decision<TResult> Decide(AccountState? state, Moment moment);
}

/// <summary>What an act may know besides the account.</summary>
/// <param name="NewSecret">Draws 128 fresh random bits.</param>
public sealed record Moment(DateTimeOffset Now, Func<Guid> NewSecret, AccountRules Rules)
{
    /// <summary>The administrator whose act it is; <c>null</c> for any other act.</summary>
    public Actor? Actor { get; init; }

    /// <summary>Whether a save of this act was refused because another account has the user name.</summary>
    public bool UsernameIsTaken { get; init; }

    /// <summary>The moment of a turn. Whole milliseconds, as they are stored: an account is the same before and after it was out of memory.</summary>
    public static Moment Of(TimeProvider time, AccountRules rules)
    {
        var now = time.GetUtcNow();
        return new Moment(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)), Secret.New, rules);
    }
}

/// <summary>What an act decided.</summary>
/// <param name="State">The account from now on; <c>null</c> where it does not exist (any more).</param>
/// <param name="Effects">What else follows. Stored with the state, in one transaction.</param>
/// <param name="MustBeStored">Whether the act counts only once <paramref name="State"/> is stored.</param>
public sealed record Decision<TResult>(AccountState? State, Outcome<TResult> Outcome, ImmutableArray<Effect> Effects, bool MustBeStored);

/// <summary>Ways to put a decision together.</summary>
public static class Decision
{
    /// <summary>Nothing changes.</summary>
    public static Decision<T> Unchanged<T>(AccountState? state, Outcome<T> outcome) => new(state, outcome, [], MustBeStored: false);

    /// <summary>The act is refused, and nothing changes.</summary>
    public static Decision<T> Refuse<T>(AccountState? state, Refusal refusal) => Unchanged<T>(state, refusal);

    /// <summary>A change that only this process needs to know, such as an attempt under way.</summary>
    public static Decision<T> Passing<T>(AccountState state, Outcome<T> outcome) => new(state, outcome, [], MustBeStored: false);

    public static Decision<T> Changed<T>(AccountState state, Outcome<T> outcome) => new(state, outcome, [], MustBeStored: true);

    /// <summary>The account changes, and an entry joins its recent activity and the log.</summary>
    public static Decision<T> Changed<T>(AccountState state, Outcome<T> outcome, Moment moment, ActivityEntry entry)
    {
        var numbered = entry with { Number = state.ActivityCount + 1 };
        var surplus = Math.Max(0, state.Activity.Length + 1 - moment.Rules.ActivityKept);
        var kept = state.Activity.RemoveRange(0, Math.Min(surplus, state.Activity.Length)).Add(numbered);
        return new(state with { ActivityCount = numbered.Number, Activity = kept }, outcome, [new Logged(numbered)], MustBeStored: true);
    }

    public static Decision<T> Deleted<T>(AccountState state, Outcome<T> outcome, ActivityEntry entry) =>
        new(null, outcome, [new Logged(entry with { Number = state.ActivityCount + 1 })], MustBeStored: true);
}
