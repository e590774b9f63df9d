using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Emails;
using AuthCluster.Http.Settings;
using AuthCluster.Passwords;

namespace AuthCluster.Http.Logins;

/// <summary>Makes the administrator that the settings name. One that exists already is left unchanged.</summary>
internal sealed class FirstAdministrator(
    IAccounts accounts, PasswordHasher hasher, PasswordPolicy policy, BootstrapOptions options, TimeProvider time)
{
    private const string EmailKey = "AuthCluster:Bootstrap:AdminEmail";

    public async Task EnsureAsync()
    {
        if (options.AdminEmail is not { } email || options.AdminPassword is not { } password)
            return;
        if (!CanonicalEmail.TryParse(email, out var canonical))
            throw new BadConfigurationException($"{EmailKey}: is not a valid e-mail address.");
        if (await accounts.FindAsync(canonical) is null && await TryRegisterAsync(email, password))
            return;
        // It was there, or another node made it in the meantime.
        if (await accounts.FindAsync(canonical) is { } existing)
            await RequireAdministratorAsync(existing);
        else
            throw new BadConfigurationException($"{EmailKey}: the administrator could not be made: another registration of the address is under way.");
    }

    private async Task RequireAdministratorAsync(Guid id)
    {
        var outcome = await accounts.For(id).PerformAsync(new View());
        if (outcome.IsRefused(out var account) || !account.Roles.Contains(AccountState.AdministratorRole))
            throw new BadConfigurationException($"{EmailKey}: an account with this address exists, but it is not an administrator.");
    }

    /// <summary>False where the address is taken by now.</summary>
    private async Task<bool> TryRegisterAsync(string email, string password)
    {
        if (policy.Faults(password, email) is { Count: > 0 } faults)
            throw new BadConfigurationException($"AuthCluster:Bootstrap:AdminPassword: {string.Join(' ', faults)}");
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var register = new Register(id, CanonicalEmail.Trim(email), hasher.Hash(password), default) { Roles = [AccountState.AdministratorRole], EmailVerified = true };
        var refusal = (await accounts.For(id).PerformAsync(register)).Refusal;
        return refusal is null or Refusal.EmailTaken
            ? refusal is null
            : throw new BadConfigurationException($"{EmailKey}: the administrator could not be made ({refusal}).");
    }
}
