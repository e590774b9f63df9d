using System.CommandLine;
using AuthCluster.Accounts;
using AuthCluster.Http.Commands;
using AuthCluster.Http.Files;
using AuthCluster.Http.SecondFactors;
using AuthCluster.Passwords;
using AuthCluster.Tokens.Legacy;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCluster.Imports;

/// <summary><c>users import --from FILE --format F</c>: takes over the users of another system, with their passwords.</summary>
public static class UsersCommand
{
    /// <param name="open">Opens the host's state by the settings of the command line.</param>
    public static Command Create(Func<string[], Task<OpenedState>> open)
    {
        var options = new ImportOptions();
        var import = new Command("import", "Takes over the users of another system, with their passwords. To run it again changes nothing.") { TreatUnmatchedTokensAsErrors = false };
        options.AddTo(import);
        import.SetAction((parsed, _) => StartUp.RunCommandAsync(() => ImportAsync(parsed, options, open)));
        return new Command("users", "Users.") { import };
    }

    private static async Task<int> ImportAsync(ParseResult parsed, ImportOptions options, Func<string[], Task<OpenedState>> open)
    {
        var wishes = options.Wishes(parsed);
        var rows = wishes.Format.Read(parsed.GetRequiredValue(options.From), parsed.GetValue(options.Table), options.Firebase(parsed));
        var revoked = ReadRevoked(parsed.GetValue(options.Revoked));
        await using var state = await open(CommandLine.SettingsOf(parsed));
        // Before the accounts that they would open.
        if (revoked.Count > 0 && !wishes.IsDryRun)
            await state.Services.GetRequiredService<IRevokedLegacyTokens>().AddAsync(revoked);
        var import = new UserImport(
            state.Services.GetRequiredService<IAccounts>(), state.Services.GetRequiredService<PasswordHasher>(),
            state.Services.GetRequiredService<TotpSecrets>(), state.Services.GetRequiredService<ForeignCodes>(), wishes);
        using var report = new ImportReport(CreateReport(parsed.GetValue(options.Report)));
        await import.ImportAsync(rows, report.Add);
        var summary = report.Summary(wishes.IsDryRun);
        if (!wishes.IsDryRun)
            await state.Services.RecordAsync(ActivityEvents.AccountsImported, $"{wishes.Format.Name}: {summary}");
        Console.WriteLine(summary);
        return report.Refused == 0 ? 0 : 1;
    }

    private static HashSet<Guid> ReadRevoked(string? path)
    {
        try
        {
            return path is null ? [] : [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0).Select(LegacyTokenId.Of)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadConfigurationException($"{path} cannot be read: {fault.Message}", fault);
        }
    }

    private static FileStream? CreateReport(string? path)
    {
        if (path is null)
            return null;
        PrivateFile.Create(path);
        return new FileStream(path, FileMode.Open, FileAccess.Write);
    }
}
