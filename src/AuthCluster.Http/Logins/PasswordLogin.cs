using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;
using AuthCluster.Emails;
using AuthCluster.Tokens;

namespace AuthCluster.Http.Logins;

/// <summary>
/// A login with e-mail and password. An address that nobody holds takes the same way as one that somebody does: a budget of guesses, one
/// hash, one wait for the store, the same answer.
/// </summary>
internal sealed class PasswordLogin(
    IAccounts accounts, PasswordLane passwords, UnknownAddresses unknownAddresses, DeviceTokens deviceTokens)
{
    public async Task<Outcome<Grant>> TryAsync(LoginAttempt attempt, ClientFacts client)
    {
        if (!CanonicalEmail.TryParse(attempt.Email, out var email) || await accounts.FindAsync(email) is not { } id)
            return await unknownAddresses.RefuseAsync(attempt, client);
        var account = accounts.For(id);
        var begun = await account.PerformAsync(new BeginLogin(deviceTokens.Read(attempt.DeviceToken, id)));
        if (begun.IsRefused(out var guess))
            return begun.Refusal == Refusal.NoSuchAccount ? await unknownAddresses.RefuseAsync(attempt, client) : begun.As<Grant>();
        var compared = await passwords.CompareAsync(account, guess, attempt.Password);
        if (compared.IsRefused(out var comparison))
            return compared.As<Grant>();
        return await account.PerformAsync(new CompleteLogin(comparison.Settled, client)
        {
            DeviceName = attempt.DeviceName,
            StrongerHash = comparison.NewHash,
        });
    }
}

/// <param name="Email">As it was typed.</param>
/// <param name="DeviceName">The name the user gives this device; <c>null</c> where none was given.</param>
/// <param name="DeviceToken">What an earlier login handed out, or anything else that a client sends in its place.</param>
internal sealed record LoginAttempt(string Email, string Password, string? DeviceName, string? DeviceToken);
