using System.Buffers.Text;
using System.Text.Json.Nodes;
using AuthCluster.Accounts;
using AuthCluster.Http.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AuthCluster.Http.Passkeys;

/// <summary>
/// WebAuthn's two ceremonies, by the framework's own handler. Its challenges are replaced by ours, which are good once and on every node.
/// </summary>
internal sealed class PasskeyCeremonies(PublicAddress address)
{
    /// <summary>What an authenticator is asked to make a passkey by (<c>parseCreationOptionsFromJSON</c>).</summary>
    public async Task<JsonObject> CreationOptionsAsync(CeremonyUser user, string email, byte[] challenge, HttpContext http)
    {
        var made = await HandlerFor(user, "required").MakeCreationOptionsAsync(EntityOf(user, email), http);
        return WithChallenge(made.CreationOptionsJson, Base64Url.EncodeToString(challenge));
    }

    /// <summary>What an authenticator is asked to sign (<c>parseRequestOptionsFromJSON</c>). It names no passkey: those it has it knows itself.</summary>
    public async Task<JsonObject> RequestOptionsAsync(byte[] challenge, bool isSecondFactor, HttpContext http)
    {
        var made = await HandlerFor(new CeremonyUser("", []), VerificationFor(isSecondFactor)).MakeRequestOptionsAsync(user: null, http);
        return WithChallenge(made.RequestOptionsJson, Base64Url.EncodeToString(challenge));
    }

    /// <summary>The new passkey; <c>null</c> where what was presented is not right.</summary>
    public async Task<UserPasskeyInfo?> AttestAsync(CeremonyUser user, string email, PresentedCredential credential, HttpContext http)
    {
        var handler = HandlerFor(user, "required");
        var state = (await handler.MakeCreationOptionsAsync(EntityOf(user, email), http)).AttestationState!;
        var attested = await handler.PerformAttestationAsync(new PasskeyAttestationContext
        {
            HttpContext = http,
            CredentialJson = credential.Json,
            AttestationState = WithChallenge(state, Convert.ToBase64String(credential.Challenge)).ToJsonString(),
        });
        return attested.Passkey;
    }

    /// <summary>The count of signatures that came with a right one; <c>null</c> where it is not right.</summary>
    public async Task<long?> AssertAsync(CeremonyUser user, PresentedCredential credential, bool isSecondFactor, HttpContext http)
    {
        var handler = HandlerFor(user, VerificationFor(isSecondFactor));
        var state = (await handler.MakeRequestOptionsAsync(isSecondFactor ? user : null, http)).AssertionState!;
        var asserted = await handler.PerformAssertionAsync(new PasskeyAssertionContext
        {
            HttpContext = http,
            CredentialJson = credential.Json,
            AssertionState = WithChallenge(state, Convert.ToBase64String(credential.Challenge)).ToJsonString(),
        });
        return asserted.Passkey?.SignCount;
    }

    // After the password, that the authenticator is there is enough.
    private static string VerificationFor(bool isSecondFactor) => isSecondFactor ? "preferred" : "required";

    private PasskeyHandler<CeremonyUser> HandlerFor(CeremonyUser user, string verification) => new(
        CeremonyUsers.ManagerOf(user),
        new OptionsWrapper<IdentityPasskeyOptions>(new IdentityPasskeyOptions
        {
            ServerDomain = address.RelyingParty,
            AuthenticatorTimeout = PasskeyChallenge.Lifetime,
            UserVerificationRequirement = verification,
            ResidentKeyRequirement = "required",
            ValidateOrigin = origin => ValueTask.FromResult(!origin.CrossOrigin && string.Equals(origin.Origin, address.Origin, StringComparison.Ordinal)),
        }));

    private static PasskeyUserEntity EntityOf(CeremonyUser user, string email) => new() { Id = user.Id, Name = email, DisplayName = email };

    private static JsonObject WithChallenge(string json, string challenge)
    {
        var changed = JsonNode.Parse(json)!.AsObject();
        changed["challenge"] = challenge;
        return changed;
    }
}
