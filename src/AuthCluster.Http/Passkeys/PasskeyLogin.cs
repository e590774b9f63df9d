using System.Security.Cryptography;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Logins;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Passkeys;

/// <summary>
/// A login with a passkey. One that nobody has takes the same way as one that somebody does: one load, one signature, the same answer and as lasting a
/// write.
/// </summary>
internal sealed class PasskeyLogin(
    IAccounts accounts, IEventLog log, PasskeyChallenges challenges, PasskeyCeremonies ceremonies, DeviceTokens deviceTokens, TimeProvider time)
{
    private readonly string _decoyKey = NewPublicKey();

    /// <param name="owed">The login that this is to complete; <c>null</c> where the passkey is alone.</param>
    public async Task<Outcome<LoginResult>> TryAsync(PresentedPasskey presented, Challenge? owed, HttpContext http)
    {
        var credential = presented.Credential;
        if (challenges.Read(credential.Challenge, owed is null ? PasskeyChallenges.SignIn : PasskeyChallenges.SecondFactor(owed)) is not { } challenge)
            return Refusal.InvalidCredentials;
        var named = owed?.AccountId ?? credential.UserHandle;
        var standing = await accounts.LoadAlikeAsync(named);
        var passkey = standing is null ? null : (await accounts.For(standing.AccountId).PerformAsync(new FindPasskey(credential.Id))).Result;
        var signer = new CeremonyUser((named ?? Guid.Empty).ToString(), [passkey ?? Decoy(credential)]);
        var count = await ceremonies.AssertAsync(signer, credential, isSecondFactor: owed is not null, http);
        if (standing is null || passkey is null || count is not { } signCount)
            return await RefuseAsync(standing?.DisplayName, http.Client());
        return await accounts.For(standing.AccountId).PerformAsync(new LogInWithPasskey(new PasskeyProof(passkey.Id, challenge, signCount), http.Client())
        {
            DeviceName = presented.DeviceName,
            DeviceToken = deviceTokens.Read(presented.DeviceToken, standing.AccountId),
            Challenge = owed,
        });
    }

    /// <summary>An entry of the log, and none of the account's own few: anybody could push out what its owner is to see.</summary>
    private async Task<Outcome<LoginResult>> RefuseAsync(string? email, ClientFacts client)
    {
        await log.AppendAsync(ActivityEntry.OfStranger(
            time.GetUtcNow(), ActivityEvents.Login, ActivityReasons.WrongPasskey, email ?? "", client));
        return Refusal.InvalidCredentials;
    }

    private Passkey Decoy(PresentedCredential credential) => new(Guid.Empty, credential.Id, _decoyKey) { Name = "", Created = default };

    /// <summary>A COSE key (RFC 9052) whose private half nobody has.</summary>
    private static string NewPublicKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return Convert.ToBase64String([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, .. point.X!, 0x22, 0x58, 32, .. point.Y!]);
    }
}

/// <summary>A passkey, and what else came with it.</summary>
internal sealed record PresentedPasskey(PresentedCredential Credential, string? DeviceName, string? DeviceToken);
