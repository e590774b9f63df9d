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
    public async Task<Outcome<AccountView>> TryAsync(string email, string password, Profile profile, ClientFacts client, CancellationToken gone)
    {
        var hashed = await passwords.HashAsync(password, gone);
        if (hashed.IsRefused(out var hash))
            return hashed.As<AccountView>();
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var register = new Register(id, email, hash, client) { Profile = profile };
        return options.ConfirmEmail && await HolderAsync(email) is { } holder
            ? await TryReplaceAsync(holder, register)
            : await accounts.For(id).PerformAsync(register);
    }

    private async Task<Guid?> HolderAsync(string email) => CanonicalEmail.TryParse(email, out var canonical) ? await accounts.FindAsync(canonical) : null;

    /// <summary>A refused save would not wait for the disk, and so be answered sooner than one that opens an account.</summary>
    private async Task<Outcome<AccountView>> TryReplaceAsync(Guid holder, Register register)
    {
        await accounts.LoadAlikeAsync(holder);
        var outcome = await accounts.For(holder).PerformAsync(new ReplaceUnconfirmed(register));
        if (outcome.Refusal == Refusal.EmailTaken)
        {
            await log.AppendAsync(ActivityEntry.OfStranger(
                time.GetUtcNow(), ActivityEvents.Registered, ActivityReasons.EmailTaken, register.Email, register.Client));
        }

        return outcome;
    }
}
