using System.Collections.Immutable;

namespace AuthCluster.Accounts;

/// <summary>Tokens that were good before a change and are dead after it. Read off the states before and after, so that nothing can forget to tell of it.</summary>
/// <param name="Cause">The event that did it, one of <see cref="ActivityEvents"/>, or one of <see cref="RevocationCauses"/>.</param>
public sealed record Revocation(RevocationScope Scope, string Cause, DateTimeOffset Time)
{
    /// <summary>With <see cref="RevocationScope.Session"/>: the <c>sid</c> of the dead tokens.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>
    /// The <c>uuid</c> of the dead tokens; with <see cref="RevocationScope.User"/> the one that the dead access tokens carry. A token with
    /// another secret was issued later, and lives.
    /// </summary>
    public Guid? Secret { get; init; }

    /// <summary>With <see cref="RevocationScope.Key"/>: the <c>kid</c> of the dead tokens.</summary>
    public string? KeyId { get; init; }

    /// <summary>What dies when these keys take the place of those before. A key whose last token has expired takes none with it.</summary>
    public static ImmutableArray<Revocation> OfKeys(ImmutableArray<StoredKey> before, ImmutableArray<StoredKey> after, DateTimeOffset now) =>
    [
        .. before.Where(key => !(key.VerifiesUntil <= now) && !after.Any(kept => kept.Id == key.Id))
            .Select(key => new Revocation(RevocationScope.Key, ActivityEvents.KeysRotated, now) { KeyId = key.Id }),
    ];

    /// <summary>What dies between two states of one account.</summary>
    /// <param name="effects">Those of the same decision. The last event among them is the cause.</param>
    /// <exception cref="InvalidOperationException">Something dies, and the decision logs nothing: that is a bug of the act.</exception>
    public static ImmutableArray<Revocation> Between(AccountState? before, AccountState? after, ImmutableArray<Effect> effects)
    {
        // No token of an account that does not exist, or is not active, is good.
        if (before is not { Active: true })
            return [];
        var ended = before.Sessions.RemoveAll(session => after?.FindSession(session.Id) is not null);
        var accessDied = before.AccessSecret != after?.AccessSecret;
        var refreshDied = before.RefreshSecret != after?.RefreshSecret;
        if (ended.IsEmpty && !accessDied && !refreshDied && after is { Active: true })
            return [];
        var cause = effects.Entries().LastOrDefault() ?? throw new InvalidOperationException("An act revoked tokens and logged nothing.");
        if (after is not { Active: true } || (accessDied && refreshDied && ended.Length == before.Sessions.Length))
            return [new(RevocationScope.User, cause.Event, cause.Time) { Secret = before.AccessSecret }];
        var died = ImmutableArray.CreateBuilder<Revocation>();
        foreach (var session in ended)
            died.Add(new(RevocationScope.Session, CauseOf(session, cause), cause.Time) { SessionId = session.Id });
        if (accessDied)
            died.Add(new(RevocationScope.Access, cause.Event, cause.Time) { Secret = before.AccessSecret });
        if (refreshDied)
            died.Add(new(RevocationScope.Refresh, cause.Event, cause.Time) { Secret = before.RefreshSecret });
        return died.ToImmutable();
    }

    /// <summary>A login ends sessions to make room; those that had lapsed go first.</summary>
    private static string CauseOf(Session ended, ActivityEntry cause)
    {
        if (cause.Event != ActivityEvents.Login)
            return cause.Event;
        return ended.Rotation.Expires <= cause.Time ? RevocationCauses.Lapsed : RevocationCauses.Evicted;
    }
}

public enum RevocationScope
{
    /// <summary>Every token of one session.</summary>
    Session,

    /// <summary>Every access token of the account so far.</summary>
    Access,

    /// <summary>Every refresh token of the account so far.</summary>
    Refresh,

    /// <summary>Every token of the account so far: every session is over.</summary>
    User,

    /// <summary>Every token that one key signed, of all accounts.</summary>
    Key,
}

/// <summary>Causes of revocations that are no events of their own.</summary>
public static class RevocationCauses
{
    /// <summary>The session made room for a new one.</summary>
    public const string Evicted = "evicted";

    /// <summary>The session's newest refresh token had expired before.</summary>
    public const string Lapsed = "lapsed";
}
