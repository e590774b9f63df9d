using System.Security.Cryptography;
using System.Text;

namespace AuthCluster.Accounts;

/// <summary>How a second-factor code turned out that was compared outside the account's turn.</summary>
/// <param name="TotpVersion">The secret that it was compared with.</param>
/// <param name="Step">The step of time that it is the code of; <c>null</c> where it is of none.</param>
/// <param name="EmergencyHash">Its hash, where it has the form of an emergency code.</param>
public sealed record SettledCode(Guid Id, Guid? Device, int TotpVersion, long? Step, string? EmergencyHash);

/// <summary>What came of a code. The attempt is settled in the state.</summary>
/// <param name="Fault">Why the code is refused; <c>null</c> where it is right, and spent from now on.</param>
internal readonly record struct CodeUse(AccountState State, string? Fault, bool WasEmergency = false)
{
    public ActivityEntry Told(ActivityEntry entry) => (Fault, WasEmergency) switch
    {
        ({ } fault, _) => entry.Failed(fault),
        (null, true) => entry with { Reason = ActivityReasons.EmergencyCode },
        _ => entry,
    };
}

/// <summary>The account's budgets for second-factor codes, which are apart from those for passwords.</summary>
internal static class CodeAttempts
{
    public static Decision<Attempt> Reserve(AccountState state, Totp totp, Guid? device, Moment moment) =>
        Attempts.Reserve(state, AttemptPurpose.Code, new TotpCredential(totp.SealedSecret), totp.Version, device, moment);

    /// <summary>Uses a code of the second factor that is on.</summary>
    public static CodeUse Use(this AccountState state, SettledCode code, Moment moment)
    {
        if (state.Totp is not { } totp)
            return state.Wrong(code, moment);
        if (code.EmergencyHash is { } hash && state.FindEmergencyCode(hash) is { } found)
            return new(state.SettleRight(code) with { EmergencyCodes = state.EmergencyCodes.Remove(found) }, Fault: null, WasEmergency: true);
        if (code.Step is not { } step || code.TotpVersion != totp.Version)
            return state.Wrong(code, moment);
        // A code that was right once is no guess.
        return step <= totp.LastStep
            ? new(state.Release(code), ActivityReasons.CodeUsed)
            : new(state.SettleRight(code) with { Totp = totp with { LastStep = step } }, Fault: null);
    }

    public static CodeUse Wrong(this AccountState state, SettledCode code, Moment moment) =>
        new(state.Change(code, budget => budget.SettleWrong(code.Id, moment.Now)), ActivityReasons.WrongCode);

    public static AccountState SettleRight(this AccountState state, SettledCode code) => state.Change(code, budget => budget.SettleRight(code.Id));

    public static AccountState Release(this AccountState state, SettledCode code) => state.Change(code, budget => budget.Release(code.Id));

    private static AccountState Change(this AccountState state, SettledCode code, Func<AttemptBudget, AttemptBudget> change) =>
        state.ChangeBudget(AttemptPurpose.Code, code.Device, change);

    private static string? FindEmergencyCode(this AccountState state, string hash)
    {
        var sought = Encoding.ASCII.GetBytes(hash);
        return state.EmergencyCodes.FirstOrDefault(kept => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(kept), sought));
    }
}
