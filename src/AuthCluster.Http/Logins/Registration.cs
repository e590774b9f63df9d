using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;
using AuthCluster.Emails;
using AuthCluster.Options;

namespace AuthCluster.Http.Logins;

/// <summary>
/// Opens accounts. Where the address is confirmed by mail, only its owner may learn whether it was taken: a taken one costs the same hash,
/// the same waits for the store and as lasting a write.
/// </summary>
internal sealed class Registration(
    IAccounts accounts, IEventLog log, PasswordLane passwords, RegistrationOptions options, TimeProvider time)
{
    public async Task<Outcome<AccountView>> TryAsync(string email, string password, Profile profile, ClientFacts client)
    {
        var hashed = await passwords.HashAsync(password);
        if (hashed.IsRefused(out var hash))
            return hashed.As<AccountView>();
        var id = Guid.CreateVersion7(time.GetUtcNow());
        if (options.ConfirmEmail && await IsTakenAsync(email))
            return await RefuseAsync(id, email, client);
        return await accounts.For(id).PerformAsync(new Register(id, email, hash, client) { Profile = profile });
    }

    private async Task<bool> IsTakenAsync(string email) =>
        CanonicalEmail.TryParse(email, out var canonical) && await accounts.FindAsync(canonical) is not null;

    /// <summary>A refused save would not wait for the disk, and so be answered sooner than one that opens an account.</summary>
    private async Task<Outcome<AccountView>> RefuseAsync(Guid id, string email, ClientFacts client)
    {
        // As the account's first turn does.
        await accounts.StandingAsync(id);
        await log.AppendAsync(ActivityEntry.OfStranger(
            time.GetUtcNow(), ActivityEvents.Registered, ActivityReasons.EmailTaken, email, client));
        return Refusal.EmailTaken;
    }
}
