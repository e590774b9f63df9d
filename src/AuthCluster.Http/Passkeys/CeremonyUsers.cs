using System.Buffers.Text;
using AuthCluster.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AuthCluster.Http.Passkeys;

/// <summary>The one account that a ceremony is about, with the passkeys that count in it.</summary>
internal sealed record CeremonyUser(string Id, IReadOnlyList<Passkey> Passkeys)
{
    public List<UserPasskeyInfo> Infos => [.. Passkeys.Select(InfoOf)];

    // The count of signatures is judged in the account's turn: two at once would both pass here.
    private static UserPasskeyInfo InfoOf(Passkey passkey) => new(
        Base64Url.DecodeFromChars(passkey.CredentialId),
        Convert.FromBase64String(passkey.PublicKey),
        passkey.Created,
        signCount: 0,
        transports: [],
        isUserVerified: true,
        isBackupEligible: passkey.Synced,
        isBackedUp: passkey.Synced,
        attestationObject: [],
        clientDataJson: []);
}

/// <summary>What the framework's handler asks of its users: that one and nobody else. Nothing is written through it.</summary>
internal sealed class CeremonyUsers(CeremonyUser user) : IUserPasskeyStore<CeremonyUser>
{
    public static UserManager<CeremonyUser> ManagerOf(CeremonyUser user) => new(
        new CeremonyUsers(user),
        new OptionsWrapper<IdentityOptions>(new IdentityOptions()),
        new PasswordHasher<CeremonyUser>(),
        [],
        [],
        new UpperInvariantLookupNormalizer(),
        new IdentityErrorDescriber(),
        services: null!,
        NullLogger<UserManager<CeremonyUser>>.Instance);

    public Task<string> GetUserIdAsync(CeremonyUser user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<CeremonyUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(string.Equals(userId, user.Id, StringComparison.Ordinal) ? user : null);

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(CeremonyUser user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>(user.Infos);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(CeremonyUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(user.Infos.Find(passkey => passkey.CredentialId.AsSpan().SequenceEqual(credentialId)));

    // Passkeys are looked for within one account, and the account refuses those that it has.
    public Task<CeremonyUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => Task.FromResult<CeremonyUser?>(null);

    public Task AddOrUpdatePasskeyAsync(CeremonyUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw Unused();

    public Task RemovePasskeyAsync(CeremonyUser user, byte[] credentialId, CancellationToken cancellationToken) => throw Unused();

    public Task<string?> GetUserNameAsync(CeremonyUser user, CancellationToken cancellationToken) => throw Unused();

    public Task SetUserNameAsync(CeremonyUser user, string? userName, CancellationToken cancellationToken) => throw Unused();

    public Task<string?> GetNormalizedUserNameAsync(CeremonyUser user, CancellationToken cancellationToken) => throw Unused();

    public Task SetNormalizedUserNameAsync(CeremonyUser user, string? normalizedName, CancellationToken cancellationToken) => throw Unused();

    public Task<IdentityResult> CreateAsync(CeremonyUser user, CancellationToken cancellationToken) => throw Unused();

    public Task<IdentityResult> UpdateAsync(CeremonyUser user, CancellationToken cancellationToken) => throw Unused();

    public Task<IdentityResult> DeleteAsync(CeremonyUser user, CancellationToken cancellationToken) => throw Unused();

    public Task<CeremonyUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw Unused();

    public void Dispose()
    {
    }

    private static NotSupportedException Unused() => new("A ceremony does not ask for this.");
}
