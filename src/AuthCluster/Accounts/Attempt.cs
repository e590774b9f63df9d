using System.Collections.Immutable;

namespace AuthCluster.Accounts;

/// <summary>An attempt that the account let through, with what to compare it with outside the account's turn.</summary>
/// <param name="Device">Whose budget it draws on; <c>null</c> for strangers.</param>
public sealed record Attempt(Guid Id, Guid? Device, Credential Credential, int CredentialVersion)
{
    public SettledAttempt Settle(bool right) => new(Id, Device, CredentialVersion, right);

    /// <param name="step">The step of time that the code is of.</param>
    /// <param name="emergencyHash">The hash of a code that has the form of an emergency code.</param>
    public SettledCode SettleCode(long? step, string? emergencyHash = null) => new(Id, Device, CredentialVersion, step, emergencyHash);
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

    public static Decision<Attempt> Reserve(AccountState state, Guid? device, Moment moment) =>
        Reserve(state, AttemptPurpose.Password, new PasswordCredential(state.PasswordHash), state.CredentialVersion, device, moment);

    public static Decision<Attempt> Reserve(
        AccountState state, AttemptPurpose purpose, Credential credential, int version, Guid? device, Moment moment)
    {
        var id = moment.NewSecret();
        var current = state.WithoutForgottenAttempts(purpose, moment.Now);
        var payer = current.PayerFor(purpose, device);
        var (budget, wait) = current.BudgetOf(purpose, payer).Reserve(id, moment.Now, moment.Rules.For(purpose));
        return wait is { } time
            ? Decision.Unchanged(state, Outcome<Attempt>.Wait(time))
            : Decision.Passing<Attempt>(current.WithBudget(purpose, payer, budget), new Attempt(id, payer, credential, version));
    }

    /// <summary>Whether the attempt named the password that the account has now.</summary>
    public static bool IsRight(this AccountState state, SettledAttempt attempt) => attempt.Right && attempt.CredentialVersion == state.CredentialVersion;

    public static AccountState SettleRight(this AccountState state, SettledAttempt attempt) =>
        state.ChangeBudget(attempt, budget => budget.SettleRight(attempt.Id));

    public static AccountState SettleWrong(this AccountState state, SettledAttempt attempt, DateTimeOffset now) =>
        state.ChangeBudget(attempt, budget => budget.SettleWrong(attempt.Id, now));

    public static AccountState Release(this AccountState state, SettledAttempt attempt) =>
        state.ChangeBudget(attempt, budget => budget.Release(attempt.Id));

    public static AccountState ChangeBudget(
        this AccountState state, AttemptPurpose purpose, Guid? device, Func<AttemptBudget, AttemptBudget> change)
    {
        // Decided anew: a reservation does not survive a restart, and other devices may have taken all places since.
        var payer = state.PayerFor(purpose, device);
        return state.WithBudget(purpose, payer, change(state.BudgetOf(purpose, payer)));
    }

    private static AccountState ChangeBudget(this AccountState state, SettledAttempt attempt, Func<AttemptBudget, AttemptBudget> change) =>
        state.ChangeBudget(AttemptPurpose.Password, attempt.Device, change);

    /// <summary>The device itself, where it has a budget or there is room for one; otherwise the strangers (<c>null</c>).</summary>
    private static Guid? PayerFor(this AccountState state, AttemptPurpose purpose, Guid? device)
    {
        var known = state.KnownFor(purpose);
        return known.Length < KnownDeviceLimit || known.Any(budget => budget.Device == device) ? device : null;
    }

    private static AttemptBudget BudgetOf(this AccountState state, AttemptPurpose purpose, Guid? payer) => payer is null
        ? state.StrangersFor(purpose)
        : state.KnownFor(purpose).FirstOrDefault(known => known.Device == payer)?.Budget ?? AttemptBudget.Untouched;

    private static AccountState WithBudget(this AccountState state, AttemptPurpose purpose, Guid? payer, AttemptBudget budget)
    {
        if (payer is not { } device)
            return state.WithStrangers(purpose, budget);
        var others = state.KnownFor(purpose).RemoveAll(known => known.Device == device);
        return state.WithKnown(purpose, budget.IsUntouched ? others : others.Add(new KnownAttempts(device, budget)));
    }

    private static AccountState WithoutForgottenAttempts(this AccountState state, AttemptPurpose purpose, DateTimeOffset now) =>
        state.WithKnown(purpose, state.KnownFor(purpose).RemoveAll(known => known.Budget.AsOf(now).IsUntouched));

    private static AttemptBudget StrangersFor(this AccountState state, AttemptPurpose purpose) =>
        purpose == AttemptPurpose.Password ? state.StrangerAttempts : state.StrangerCodeAttempts;

    private static ImmutableArray<KnownAttempts> KnownFor(this AccountState state, AttemptPurpose purpose) =>
        purpose == AttemptPurpose.Password ? state.KnownAttempts : state.KnownCodeAttempts;

    private static AccountState WithStrangers(this AccountState state, AttemptPurpose purpose, AttemptBudget budget) =>
        purpose == AttemptPurpose.Password ? state with { StrangerAttempts = budget } : state with { StrangerCodeAttempts = budget };

    private static AccountState WithKnown(this AccountState state, AttemptPurpose purpose, ImmutableArray<KnownAttempts> known) =>
        purpose == AttemptPurpose.Password ? state with { KnownAttempts = known } : state with { KnownCodeAttempts = known };
}

/// <summary>What an attempt is compared with. The budgets of one purpose know nothing of those of the other.</summary>
public enum AttemptPurpose
{
    Password,

    /// <summary>A second-factor code.</summary>
    Code,
}
