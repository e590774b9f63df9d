using System.Collections.Immutable;

namespace AuthCluster.Accounts;

/// <summary>
/// How many wrong passwords a client, or all strangers together, have left. A guess is reserved before its hash is computed and settled
/// after it, so that parallel guesses cannot exceed the budget, and parallel right ones are not counted as wrong.
/// </summary>
public sealed record GuessBudget
{
    /// <summary>Without a wrong guess for this long, the earlier ones are forgotten.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    /// <summary>After this a reservation stops counting: whoever made it died before settling it.</summary>
    public static readonly TimeSpan ReservationLifetime = TimeSpan.FromMinutes(1);

    public static readonly GuessBudget Untouched = new();

    public int Failures { get; init; }

    public DateTimeOffset? LastFailure { get; init; }

    /// <summary>Guesses under way. Not stored: after a restart there are none.</summary>
    public ImmutableArray<GuessReservation> Reserved { get; init; } = [];

    public bool IsUntouched => Failures == 0 && Reserved.IsEmpty;

    /// <summary>The budget with one more guess under way; or, where none is left, how long to wait.</summary>
    public (GuessBudget Budget, TimeSpan? Wait) Reserve(Guid guess, DateTimeOffset now, AccountRules rules)
    {
        var current = AsOf(now);
        var wait = current.WaitAt(now, rules);
        return wait is null
            ? (current with { Reserved = current.Reserved.Add(new GuessReservation(guess, now)) }, null)
            : (this, wait);
    }

    public GuessBudget Release(Guid guess) => this with { Reserved = Reserved.RemoveAll(reservation => reservation.Guess == guess) };

    public GuessBudget SettleWrong(Guid guess, DateTimeOffset now)
    {
        var current = AsOf(now).Release(guess);
        return current with { Failures = current.Failures + 1, LastFailure = now };
    }

    /// <summary>A right password clears the budget; guesses still under way keep their places.</summary>
    public GuessBudget SettleRight(Guid guess) => Untouched with { Reserved = Release(guess).Reserved };

    /// <summary>Without what no longer counts.</summary>
    public GuessBudget AsOf(DateTimeOffset now)
    {
        var forgotten = LastFailure is { } last && now - last >= Memory;
        var reserved = Reserved.RemoveAll(reservation => now - reservation.At >= ReservationLifetime);
        return forgotten ? Untouched with { Reserved = reserved } : this with { Reserved = reserved };
    }

    private TimeSpan? WaitAt(DateTimeOffset now, AccountRules rules)
    {
        if (Failures < rules.GuessesBeforeBackOff)
        {
            // The guesses under way may all turn out wrong. They settle within the time of a hash.
            return Failures + Reserved.Length < rules.GuessesBeforeBackOff ? null : TimeSpan.FromSeconds(1);
        }

        var ends = LastFailure!.Value + BackOff(rules);
        if (now < ends)
            return ends - now;
        return Reserved.IsEmpty ? null : TimeSpan.FromSeconds(1);
    }

    private TimeSpan BackOff(AccountRules rules)
    {
        // Compared as factors: the product may be more than a TimeSpan can hold.
        var factor = 1L << Math.Min(Failures - rules.GuessesBeforeBackOff, 30);
        return factor < rules.BackOffMax / rules.BackOff ? rules.BackOff * factor : rules.BackOffMax;
    }
}

public readonly record struct GuessReservation(Guid Guess, DateTimeOffset At);

/// <summary>The budget of a client that is known: by its device token, or by the session it already has.</summary>
public sealed record KnownGuesses(Guid Client, GuessBudget Budget);
