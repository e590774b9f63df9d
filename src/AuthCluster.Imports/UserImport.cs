using System.Collections.Concurrent;
using System.Globalization;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Emails;
using AuthCluster.Http.SecondFactors;
using AuthCluster.Passwords;

namespace AuthCluster.Imports;

/// <summary>What is wished of an import besides its rows.</summary>
internal sealed record ImportWishes(ImportFormat Format, bool IsDryRun, bool SuperusersAreAdministrators, bool EmailsAreVerified, bool WithoutSecondFactors);

/// <summary>Makes accounts of the rows of another system, each once: a row that was imported before is known, and changes nothing.</summary>
internal sealed class UserImport(IAccounts accounts, PasswordHasher hasher, TotpSecrets secrets, ForeignCodes codes, ImportWishes wishes)
{
    private const int LongestRole = 64;
    private const int MostRoles = 32;
    private const int MostCodes = 32;

    private const int Portion = 1024;
    private const int AtATime = 64;

    // What a dry run would have made.
    private readonly ConcurrentDictionary<LoginName, Guid> _tried = new();

    /// <summary>Imports rows side by side, save those of one address or user name, of which the first in the file has it.</summary>
    public async Task ImportAsync(IEnumerable<SourceRow> rows, Action<ImportedRow> report)
    {
        foreach (var portion in rows.Chunk(Portion))
        {
            var names = new HashSet<LoginName>();
            var firsts = portion.ToLookup(row => !NamesOf(row).Any(names.Contains) && NamesOf(row).All(names.Add));
            await Parallel.ForEachAsync(
                firsts[true], new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (row, _) => report(await ImportAsync(row)));
            foreach (var row in firsts[false])
                report(await ImportAsync(row));
        }
    }

    private IEnumerable<LoginName> NamesOf(SourceRow row)
    {
        if (CanonicalEmail.TryParse(Value(row, ImportField.Email), out var email))
            yield return email;
        if (CanonicalUsername.TryParse(Value(row, ImportField.Username), out var username))
            yield return username;
    }

    private async Task<ImportedRow> ImportAsync(SourceRow row)
    {
        if (row.Fault is { } fault)
            return ImportedRow.Refused(row, null, fault);
        var names = SourceNames.Of(Value(row, ImportField.Email), Value(row, ImportField.Username));
        var sourceId = Value(row, ImportField.Id) ?? names.Email ?? names.Username ?? "";
        if (names.Fault is { } nameless)
            return ImportedRow.Refused(row, sourceId, nameless);
        if (Roles(row) is not { } roles)
            return ImportedRow.Refused(row, sourceId, "invalid_roles");
        var secondFactor = wishes.WithoutSecondFactors ? null : SecondFactorOf(row);
        // Without it the password alone would open the account.
        if (secondFactor is { Secret: null })
            return ImportedRow.Refused(row, sourceId, "unknown_second_factor");
        var stored = Value(row, ImportField.Password);
        var isUsable = stored is not null && PasswordHasher.Knows(stored);
        var act = new Adopt(ImportedId.Of(wishes.Format.Name, sourceId), names.Email, isUsable ? stored! : hasher.Decoy)
        {
            HasNoPassword = !isUsable,
            Username = names.Username,
            Active = Flag(row, ImportField.Active) != false && Flag(row, ImportField.Inactive) != true,
            EmailVerified = names.Email is not null && (Flag(row, ImportField.Verified) ?? wishes.EmailsAreVerified),
            Roles = [.. roles],
            Joined = Time(row, ImportField.Joined),
            LastLogin = Time(row, ImportField.LastLogin),
        };
        if (secondFactor is { Secret: { } secret })
            act = WithSecondFactor(act, secondFactor, secret);
        var outcome = wishes.IsDryRun ? await TryAsync(act) : await AdoptAsync(act);
        return new ImportedRow(row.Number, sourceId, act.Id, outcome.Outcome, outcome.Reason ?? Note(act, stored, isUsable) ?? names.Note);
    }

    private SourceSecondFactor? SecondFactorOf(SourceRow row) => Value(row, ImportField.TotpSecret) is { } secret
        ? SourceSecondFactor.Of(secret, Value(row, ImportField.EmergencyCodes))
        : row.SecondFactor;

    private Adopt WithSecondFactor(Adopt act, SourceSecondFactor source, byte[] secret) => act with
    {
        SealedTotp = secrets.Seal(act.Id, secret),
        LastTotpStep = source.LastStep,
        EmergencyCodes =
        [
            .. source.Codes.Select(code => codes.HashOf(act.Id, SecondFactorCodes.WithoutSeparators(code))).Take(MostCodes),
            .. source.CodeHashes.Select(hash => codes.HashOf(act.Id, hash)).Take(MostCodes),
        ],
    };

    private static string? Note(Adopt act, string? stored, bool isUsable)
    {
        if (!act.Active)
            return "deactivated";
        if (isUsable)
            return null;
        // Django writes "!" and random text for users who log in elsewhere.
        return stored is null || stored.StartsWith('!') ? "no_password" : "unknown_hash";
    }

    /// <summary>One whose user name another account has logs in by address alone; without an address there is no such user.</summary>
    private async Task<(ImportOutcome Outcome, string? Reason)> AdoptAsync(Adopt act)
    {
        var outcome = await accounts.For(act.Id).PerformAsync(act);
        if (outcome.Refusal == Refusal.UsernameTaken && act.Email is not null)
        {
            var byAddress = await AdoptAsync(act with { Username = null });
            return byAddress.Outcome == ImportOutcome.Imported ? (ImportOutcome.Imported, ImportNotes.UsernameTaken) : byAddress;
        }

        if (outcome.IsRefused(out var adopted))
            return (ImportOutcome.Refused, ReasonOf(outcome.Refusal!.Value));
        return (adopted.IsNew ? ImportOutcome.Imported : ImportOutcome.Known, null);
    }

    private static string ReasonOf(Refusal refusal) => refusal switch
    {
        Refusal.EmailTaken => "email_taken",
        Refusal.UsernameTaken => ImportNotes.UsernameTaken,
        _ => "conflict",
    };

    private async Task<(ImportOutcome Outcome, string? Reason)> TryAsync(Adopt act)
    {
        var email = CanonicalEmail.TryParse(act.Email, out var address) ? await HolderAsync(address, act.Id) : null;
        var username = CanonicalUsername.TryParse(act.Username, out var name) ? await HolderAsync(name, act.Id) : null;
        if ((email ?? username) is { IsStored: true, IsOwn: true })
            return (ImportOutcome.Known, null);
        if (email is { IsOwn: false })
            return (ImportOutcome.Refused, "email_taken");
        if (username is { IsOwn: false })
            return (email is null ? ImportOutcome.Refused : ImportOutcome.Imported, ImportNotes.UsernameTaken);
        return (ImportOutcome.Imported, null);
    }

    /// <summary>The account that has the name, or would have it by what the dry run has seen.</summary>
    private async Task<(bool IsStored, bool IsOwn)?> HolderAsync(LoginName name, Guid id) => await accounts.FindAsync(name) is { } holder
        ? (true, holder == id)
        : (false, _tried.GetOrAdd(name, id) == id);

    private List<string>? Roles(SourceRow row)
    {
        var roles = (Value(row, ImportField.Roles) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(role => role != AccountState.AdministratorRole)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (wishes.SuperusersAreAdministrators && Flag(row, ImportField.Superuser) == true)
            roles.Add(AccountState.AdministratorRole);
        return roles.Count <= MostRoles && roles.TrueForAll(role => role.Length <= LongestRole && role.All(c => c is > ' ' and <= '~')) ? roles : null;
    }

    private string? Value(SourceRow row, string field) => wishes.Format.Value(row, field);

    private bool? Flag(SourceRow row, string field) => Value(row, field)?.ToUpperInvariant() switch
    {
        "1" or "TRUE" or "T" or "YES" => true,
        "0" or "FALSE" or "F" or "NO" => false,
        _ => null,
    };

    /// <summary>A date and time, of UTC where it does not say; or milliseconds since 1970.</summary>
    private DateTimeOffset? Time(SourceRow row, string field)
    {
        var text = Value(row, field);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
            return milliseconds < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds())
            : null;
    }
}

internal enum ImportOutcome
{
    Imported,

    /// <summary>It was there before.</summary>
    Known,
    Refused,
}

/// <param name="Reason">Why it was refused; or what the user has to do: <c>no_password</c> and <c>unknown_hash</c> need a reset.</param>
internal sealed record ImportedRow(long Number, string SourceId, Guid? Id, ImportOutcome Outcome, string? Reason)
{
    public static ImportedRow Refused(SourceRow row, string? sourceId, string reason) => new(row.Number, sourceId ?? "", null, ImportOutcome.Refused, reason);
}
