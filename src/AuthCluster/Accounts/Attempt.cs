namespace AuthCluster.Accounts;

/// <summary>An attempt that the account let through, with what to compare it with outside the account's turn.</summary>
/// <param name="Device">Whose budget it draws on; <c>null</c> for strangers.</param>
public sealed record Attempt(Guid Id, Guid? Device, Credential Credential, int CredentialVersion)
{
    public SettledAttempt Settle(bool right) => new(Id, Device, CredentialVersion, right);
}

/// <summary>How an attempt turned out.</summary>
/// <param name="CredentialVersion">The password it was compared with; it may have changed meanwhile.</param>
public sealed record SettledAttempt(Guid Id, Guid? Device, int CredentialVersion, bool Right);

/// <summary>The account's budgets for attempts.</summary>
internal static class Attempts
{
    /// <summary>
    /// Budgets of known devices kept at a time; past it known devices draw on the strangers' budget. If another budget were forgotten
    /// instead, somebody who once had the password, and collected device tokens with it, could guess its successor without end.
    /// </summary>
    public const int KnownDeviceLimit = 32;

    public static Decision<Attempt> Reserve(AccountState state, Guid? device, Moment moment)
    {
        var id = moment.NewSecret();
        var credential = new PasswordCredential(state.PasswordHash);
        var current = state.WithoutForgottenAttempts(moment.Now);
        var payer = current.PayerFor(device);
        var (budget, wait) = current.BudgetOf(payer).Reserve(id, moment.Now, moment.Rules);
        return wait is { } time
            ? Decision.Unchanged(state, Outcome<Attempt>.Wait(time))
            : Decision.Passing<Attempt>(current.WithBudget(payer, budget), new Attempt(id, payer, credential, state.CredentialVersion));
    }

    /// <summary>Whether the attempt named the password that the account has now.</summary>
    public static bool IsRight(this AccountState state, SettledAttempt attempt) => attempt.Right && attempt.CredentialVersion == state.CredentialVersion;

    public static AccountState SettleRight(this AccountState state, SettledAttempt attempt) =>
        state.ChangeBudget(attempt, budget => budget.SettleRight(attempt.Id));

    public static AccountState SettleWrong(this AccountState state, SettledAttempt attempt, DateTimeOffset now) =>
        state.ChangeBudget(attempt, budget => budget.SettleWrong(attempt.Id, now));

    public static AccountState Release(this AccountState state, SettledAttempt attempt) =>
        state.ChangeBudget(attempt, budget => budget.Release(attempt.Id));

    private static AccountState ChangeBudget(this AccountState state, SettledAttempt attempt, Func<AttemptBudget, AttemptBudget> change)
    {
        // Decided anew: a reservation does not survive a restart, and other devices may have taken all places since.
        var payer = state.PayerFor(attempt.Device);
        return state.WithBudget(payer, change(state.BudgetOf(payer)));
    }

    /// <summary>The device itself, where it has a budget or there is room for one; otherwise the strangers (<c>null</c>).</summary>
    private static Guid? PayerFor(this AccountState state, Guid? device) =>
        state.KnownAttempts.Length < KnownDeviceLimit || state.KnownAttempts.Any(known => known.Device == device) ? device : null;

    private static AttemptBudget BudgetOf(this AccountState state, Guid? payer) => payer is null
        ? state.StrangerAttempts
        : state.KnownAttempts.FirstOrDefault(known => known.Device == payer)?.Budget ?? AttemptBudget.Untouched;

    private static AccountState WithBudget(this AccountState state, Guid? payer, AttemptBudget budget)
    {
        if (payer is not { } device)
            return state with { StrangerAttempts = budget };
        var others = state.KnownAttempts.RemoveAll(known => known.Device == device);
        return state with { KnownAttempts = budget.IsUntouched ? others : others.Add(new KnownAttempts(device, budget)) };
    }

    private static AccountState WithoutForgottenAttempts(this AccountState state, DateTimeOffset now) =>
        state with { KnownAttempts = state.KnownAttempts.RemoveAll(known => known.Budget.AsOf(now).IsUntouched) };
}
