using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;
using AuthCluster.Emails;
using AuthCluster.Http.User;
using AuthCluster.Tokens;

namespace AuthCluster.Http.Logins;

/// <summary>
/// A login with e-mail and password. An address that nobody holds takes the same way as one that somebody does: a budget of guesses, one
/// hash, one wait for the store, the same answer.
/// </summary>
internal sealed class PasswordLogin(
    IAccounts accounts, PasswordLane passwords, UnknownAddresses unknownAddresses, DeviceTokens deviceTokens)
{
    public async Task<Outcome<Grant>> TryAsync(LoginRequest request, ClientFacts client)
    {
        if (!CanonicalEmail.TryParse(request.Email, out var email) || await accounts.FindAsync(email) is not { } id)
            return await unknownAddresses.RefuseAsync(request, client);
        var account = accounts.For(id);
        var begun = await account.PerformAsync(new BeginLogin(deviceTokens.Read(request.DeviceToken, id)));
        if (begun.IsRefused(out var guess))
            return begun.Refusal == Refusal.NoSuchAccount ? await unknownAddresses.RefuseAsync(request, client) : begun.As<Grant>();
        var compared = await passwords.CompareAsync(account, guess, request.Password!);
        if (compared.IsRefused(out var comparison))
            return compared.As<Grant>();
        return await account.PerformAsync(new CompleteLogin(comparison.Settled, client)
        {
            DeviceName = request.DeviceName,
            StrongerHash = comparison.StrongerHash,
        });
    }
}
