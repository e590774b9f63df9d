namespace AuthCluster.Accounts;

/// <summary>A guess that the account let through: the hash to compare with, outside the account's turn.</summary>
/// <param name="Client">Whose budget it draws on; <c>null</c> for strangers.</param>
public sealed record Guess(Guid Id, Guid? Client, string PasswordHash, int CredentialVersion)
{
    public SettledGuess Settle(bool right) => new(Id, Client, CredentialVersion, right);
}

/// <summary>How a guess turned out.</summary>
/// <param name="CredentialVersion">The password it was compared with; it may have changed meanwhile.</param>
public sealed record SettledGuess(Guid Id, Guid? Client, int CredentialVersion, bool Right);

/// <summary>The account's budgets for guesses.</summary>
internal static class Guesses
{
    /// <summary>Budgets of known clients kept at a time; past it the one longest unused is forgotten.</summary>
    public const int KnownClientLimit = 32;

    public static Decision<Guess> Reserve(AccountState state, Guid? client, Moment moment)
    {
        var id = moment.NewSecret();
        var (budget, wait) = state.GuessesOf(client).Reserve(id, moment.Now, moment.Rules);
        return wait is { } time
            ? Decision.Unchanged(state, Outcome<Guess>.Wait(time))
            : Decision.Passing<Guess>(state.WithGuesses(client, budget), new Guess(id, client, state.PasswordHash, state.CredentialVersion));
    }

    /// <summary>Whether the guess named the password that the account has now.</summary>
    public static bool IsRight(this AccountState state, SettledGuess guess) => guess.Right && guess.CredentialVersion == state.CredentialVersion;

    public static AccountState SettleRight(this AccountState state, SettledGuess guess) =>
        state.WithGuesses(guess.Client, state.GuessesOf(guess.Client).SettleRight(guess.Id));

    public static AccountState SettleWrong(this AccountState state, SettledGuess guess, DateTimeOffset now) =>
        state.WithGuesses(guess.Client, state.GuessesOf(guess.Client).SettleWrong(guess.Id, now));

    public static AccountState Release(this AccountState state, SettledGuess guess) =>
        state.WithGuesses(guess.Client, state.GuessesOf(guess.Client).Release(guess.Id));

    private static GuessBudget GuessesOf(this AccountState state, Guid? client) => client is null
        ? state.StrangerGuesses
        : state.KnownGuesses.FirstOrDefault(known => known.Client == client)?.Budget ?? GuessBudget.Untouched;

    private static AccountState WithGuesses(this AccountState state, Guid? client, GuessBudget budget)
    {
        if (client is not { } known)
            return state with { StrangerGuesses = budget };
        var others = state.KnownGuesses.RemoveAll(entry => entry.Client == known || entry.Budget.IsUntouched);
        if (others.Length >= KnownClientLimit)
            others = others.Remove(others.MinBy(entry => entry.Budget.LastFailure ?? DateTimeOffset.MaxValue)!);
        return state with { KnownGuesses = budget.IsUntouched ? others : others.Add(new KnownGuesses(known, budget)) };
    }
}
