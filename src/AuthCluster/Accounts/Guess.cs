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
    /// <summary>
    /// Budgets of known clients kept at a time; past it known clients draw on the strangers' budget. If another budget were forgotten
    /// instead, somebody who once had the password, and collected device tokens with it, could guess its successor without end.
    /// </summary>
    public const int KnownClientLimit = 32;

    public static Decision<Guess> Reserve(AccountState state, Guid? client, Moment moment)
    {
        var id = moment.NewSecret();
        var current = state.WithoutForgottenGuesses(moment.Now);
        var payer = current.PayerFor(client);
        var (budget, wait) = current.BudgetOf(payer).Reserve(id, moment.Now, moment.Rules);
        return wait is { } time
            ? Decision.Unchanged(state, Outcome<Guess>.Wait(time))
            : Decision.Passing<Guess>(current.WithBudget(payer, budget), new Guess(id, payer, state.PasswordHash, state.CredentialVersion));
    }

    /// <summary>Whether the guess named the password that the account has now.</summary>
    public static bool IsRight(this AccountState state, SettledGuess guess) => guess.Right && guess.CredentialVersion == state.CredentialVersion;

    public static AccountState SettleRight(this AccountState state, SettledGuess guess) =>
        state.ChangeBudget(guess, budget => budget.SettleRight(guess.Id));

    public static AccountState SettleWrong(this AccountState state, SettledGuess guess, DateTimeOffset now) =>
        state.ChangeBudget(guess, budget => budget.SettleWrong(guess.Id, now));

    public static AccountState Release(this AccountState state, SettledGuess guess) =>
        state.ChangeBudget(guess, budget => budget.Release(guess.Id));

    private static AccountState ChangeBudget(this AccountState state, SettledGuess guess, Func<GuessBudget, GuessBudget> change)
    {
        // Decided anew: a reservation does not survive a restart, and other clients may have taken all places since.
        var payer = state.PayerFor(guess.Client);
        return state.WithBudget(payer, change(state.BudgetOf(payer)));
    }

    /// <summary>The client itself, where it has a budget or there is room for one; otherwise the strangers (<c>null</c>).</summary>
    private static Guid? PayerFor(this AccountState state, Guid? client) =>
        state.KnownGuesses.Length < KnownClientLimit || state.KnownGuesses.Any(known => known.Client == client) ? client : null;

    private static GuessBudget BudgetOf(this AccountState state, Guid? payer) => payer is null
        ? state.StrangerGuesses
        : state.KnownGuesses.FirstOrDefault(known => known.Client == payer)?.Budget ?? GuessBudget.Untouched;

    private static AccountState WithBudget(this AccountState state, Guid? payer, GuessBudget budget)
    {
        if (payer is not { } client)
            return state with { StrangerGuesses = budget };
        var others = state.KnownGuesses.RemoveAll(known => known.Client == client);
        return state with { KnownGuesses = budget.IsUntouched ? others : others.Add(new KnownGuesses(client, budget)) };
    }

    private static AccountState WithoutForgottenGuesses(this AccountState state, DateTimeOffset now) =>
        state with { KnownGuesses = state.KnownGuesses.RemoveAll(known => known.Budget.AsOf(now).IsUntouched) };
}
