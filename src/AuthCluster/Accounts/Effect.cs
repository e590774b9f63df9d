using System.Collections.Immutable;

namespace AuthCluster.Accounts;

/// <summary>
/// Something that follows from a decision besides the account's new state, such as an entry for the log. A host stores it with the state, in
/// one transaction, and carries it out afterwards.
/// </summary>
/// <remarks>
/// Each host sorts effects by their kind before it saves, and throws at a kind that it does not know: an effect is never lost in silence.
/// What may become of one that waits for long is said by its kind.
/// </remarks>
public abstract record Effect;

/// <summary>
/// An entry joins the log. The account's recent activity has it, too: a host whose log is out of reach for long may give up the oldest that wait.
/// </summary>
public sealed record Logged(ActivityEntry Entry) : Effect;

/// <summary>Questions to a list of effects.</summary>
public static class EffectLists
{
    /// <summary>The entries for the log, oldest first.</summary>
    public static IEnumerable<ActivityEntry> Entries(this ImmutableArray<Effect> effects) => effects.OfType<Logged>().Select(logged => logged.Entry);
}
