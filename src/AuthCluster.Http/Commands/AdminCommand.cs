using System.CommandLine;
using System.Text;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Emails;
using AuthCluster.Passwords;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCluster.Http.Commands;

/// <summary><c>admin create --email E</c>: makes an administrator. The password comes from the terminal or standard input, never from an argument.</summary>
public static class AdminCommand
{
    /// <param name="open">Opens the host's state by the settings of the command line.</param>
    public static Command Create(Func<string[], Task<OpenedState>> open)
    {
        var email = new Option<string>("--email") { Description = "The address of the administrator.", Required = true };
        var create = new Command("create", "Makes an administrator; asks for the password, or reads it from standard input.") { email };
        create.TreatUnmatchedTokensAsErrors = false;
        create.SetAction((parsed, _) => StartUp.RunCommandAsync(async () =>
        {
            await using var state = await open(CommandLine.SettingsOf(parsed));
            return await CreateAsync(state.Services, parsed.GetRequiredValue(email));
        }));
        return new Command("admin", "Administrators.") { create };
    }

    private static async Task<int> CreateAsync(IServiceProvider services, string email)
    {
        if (!CanonicalEmail.TryParse(email, out var canonical))
            return Refuse($"{email} is no e-mail address.");
        var accounts = services.GetRequiredService<IAccounts>();
        if (await accounts.FindAsync(canonical) is not null)
            return Refuse($"{email} is taken: give that account the role by PATCH /api/admin/users.");
        if (ReadPassword() is not { } password)
            return Refuse("No password was given.");
        if (services.GetRequiredService<PasswordPolicy>().Faults(password, email) is { Count: > 0 } faults)
            return Refuse(string.Join(' ', faults));
        var id = Guid.CreateVersion7(services.GetRequiredService<TimeProvider>().GetUtcNow());
        var register = new Register(id, CanonicalEmail.Trim(email), services.GetRequiredService<PasswordHasher>().Hash(password), default)
        {
            Roles = [AccountState.AdministratorRole],
            EmailVerified = true,
        };
        if ((await accounts.For(id).PerformAsync(register)).Refusal is { } refusal)
            return Refuse(refusal == Refusal.EmailTaken ? $"{email} is taken." : $"The administrator could not be made ({refusal}).");
        Console.WriteLine($"1 administrator made: {email} ({id})");
        return 0;
    }

    private static int Refuse(string reason)
    {
        Console.Error.WriteLine(reason);
        return 1;
    }

    private static string? ReadPassword()
    {
        if (Console.IsInputRedirected)
            return Console.In.ReadLine();
        Console.Error.Write("Password: ");
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.Length == 0 ? null : typed.ToString();
    }
}
