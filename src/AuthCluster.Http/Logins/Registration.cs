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
    public async Task<Outcome<AccountView>> TryAsync(AccountWish wish, ClientFacts client, CancellationToken gone)
    {
        // Before anything depends on the address: what is told of a user name must say nothing of it.
        if (CanonicalUsername.TryParse(wish.Username, out var username) && await accounts.FindAsync(username) is not null)
            return Refusal.UsernameTaken;
        var hashed = await passwords.HashAsync(wish.Password, gone);
        if (hashed.IsRefused(out var hash))
            return hashed.As<AccountView>();
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var register = new Register(id, wish.Email, hash, client) { Username = wish.Username, Profile = wish.Profile };
        return options.ConfirmEmail && await HolderAsync(wish.Email) is { } holder
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

/// <summary>What somebody who registers asks for.</summary>
/// <param name="Username"><c>null</c> where none is wished.</param>
internal sealed record AccountWish(string Email, string? Username, string Password, Profile Profile);
