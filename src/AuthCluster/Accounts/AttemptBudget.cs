using System.Collections.Immutable;

namespace AuthCluster.Accounts;

/// <summary>
/// How many wrong passwords a client, or all strangers together, have left. An attempt is reserved before its hash is computed and settled
/// after it, so that parallel attempts cannot exceed the budget, and parallel right ones are not counted as wrong.
/// </summary>
public sealed record AttemptBudget
{
    /// <summary>Without a wrong attempt for this long, the earlier ones are forgotten.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    /// <summary>After this a reservation stops counting: its process died before settling it.</summary>
    public static readonly TimeSpan ReservationLifetime = TimeSpan.FromMinutes(1);

    public static readonly AttemptBudget Untouched = new();

    public int Failures { get; init; }

    public DateTimeOffset? LastFailure { get; init; }

    /// <summary>Attempts under way. Not stored: after a restart there are none.</summary>
    public ImmutableArray<AttemptReservation> Reserved { get; init; } = [];

    public bool IsUntouched => Failures == 0 && Reserved.IsEmpty;

    /// <summary>The budget with one more attempt under way; or, where none is left, how long to wait.</summary>
    public (AttemptBudget Budget, TimeSpan? Wait) Reserve(Guid attempt, DateTimeOffset now, AccountRules rules)
    {
        var current = AsOf(now);
        var wait = current.WaitAt(now, rules);
        return wait is null
            ? (current with { Reserved = current.Reserved.Add(new AttemptReservation(attempt, now)) }, null)
            : (this, wait);
    }

    public AttemptBudget Release(Guid attempt) => this with { Reserved = Reserved.RemoveAll(reservation => reservation.Attempt == attempt) };

    public AttemptBudget SettleWrong(Guid attempt, DateTimeOffset now)
    {
        var current = AsOf(now).Release(attempt);
        return current with { Failures = current.Failures + 1, LastFailure = now };
    }

    /// <summary>A right password clears the budget; attempts still under way keep their places.</summary>
    public AttemptBudget SettleRight(Guid attempt) => Untouched with { Reserved = Release(attempt).Reserved };

    /// <summary>Without what no longer counts.</summary>
    public AttemptBudget AsOf(DateTimeOffset now)
    {
        var forgotten = LastFailure is { } last && now - last >= Memory;
        var reserved = Reserved.RemoveAll(reservation => now - reservation.At >= ReservationLifetime);
        return forgotten ? Untouched with { Reserved = reserved } : this with { Reserved = reserved };
    }

    private TimeSpan? WaitAt(DateTimeOffset now, AccountRules rules)
    {
        if (Failures < rules.AttemptsBeforeBackOff)
        {
            // The attempts under way may all turn out wrong. They settle within the time of a hash.
            return Failures + Reserved.Length < rules.AttemptsBeforeBackOff ? null : TimeSpan.FromSeconds(1);
        }

        var ends = LastFailure!.Value + BackOff(rules);
        if (now < ends)
            return ends - now;
        return Reserved.IsEmpty ? null : TimeSpan.FromSeconds(1);
    }

    private TimeSpan BackOff(AccountRules rules)
    {
        // Compared as factors: the product may be more than a TimeSpan can hold.
        var factor = 1L << Math.Min(Failures - rules.AttemptsBeforeBackOff, 30);
        return factor < rules.BackOffMax / rules.BackOff ? rules.BackOff * factor : rules.BackOffMax;
    }
}

public readonly record struct AttemptReservation(Guid Attempt, DateTimeOffset At);

/// <summary>The budget of a client that is known: by its device token, or by the session it already has.</summary>
public sealed record KnownAttempts(Guid Device, AttemptBudget Budget);
