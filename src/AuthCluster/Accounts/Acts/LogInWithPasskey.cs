using System.Collections.Immutable;
using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Hands out the public key to compare a signature with. It is the same for accounts that are deactivated.</summary>
public sealed record FindPasskey(string CredentialId) : Act<Passkey>
{
    public override Decision<Passkey> Decide(AccountState? state, Moment moment) =>
        state?.Passkeys.FirstOrDefault(passkey => passkey.CredentialId == CredentialId) is { } passkey
            ? Decision.Unchanged<Passkey>(state, passkey)
            : Decision.Refuse<Passkey>(state, Refusal.NoSuchPasskey);
}

/// <summary>
/// Opens a session by a right signature: alone, where the authenticator has verified its user, and so is two factors in one; or as the second factor of a
/// login whose password was right before.
/// </summary>
public sealed record LogInWithPasskey(PasskeyProof Passkey, ClientFacts Client) : Act<LoginResult>
{
    public string? DeviceName { get; init; }

    /// <summary>The valid device token that came with the login: it tells that the device is known.</summary>
    public DeviceTokenFacts? DeviceToken { get; init; }

    /// <summary>The login that this completes; <c>null</c> where the passkey is alone.</summary>
    public Challenge? Challenge { get; init; }

    public override Decision<LoginResult> Decide(AccountState? state, Moment moment)
    {
        if (state is null)
            return Decision.Refuse<LoginResult>(state, Refusal.InvalidCredentials);
        if (Challenge is { } owed && !state.Accepts(owed, moment))
            return Decision.Refuse<LoginResult>(state, Refusal.TokenNotValid);
        if (state.PasskeyWait(moment) is { } wait)
            return Decision.Unchanged(state, Outcome<LoginResult>.Wait(wait));
        var use = state.Use(Passkey, Client, moment);
        if (use.Passkey is not { } passkey)
            return Decision.Refuse<LoginResult>(state, Refusal.InvalidCredentials);
        if (use.Fault is { } fault)
            return Refused(use.State, Refusal.InvalidCredentials, fault, moment);
        if (moment.Rules.ConfirmEmail && state is { EmailVerified: false, Email: not null })
            return Refused(use.State, Refusal.EmailNotVerified, ActivityReasons.EmailNotVerified, moment);
        return Open(use.State, passkey, moment) ?? Refused(use.State, Refusal.SessionLimit, ActivityReasons.SessionLimit, moment);
    }

    private Decision<LoginResult>? Open(AccountState state, Passkey passkey, Moment moment)
    {
        var device = Challenge is { } owed ? owed.Device : DeviceIn(state);
        if (state.Open(Client, DeviceName ?? Challenge?.DeviceName, device, MethodsOf(passkey), moment) is not { } opened)
            return null;
        var spent = Challenge is { } completed ? opened.Spend(completed, moment) : opened;
        return spent.LoggedIn(Client, moment, isNewDevice: device is null);
    }

    private Guid? DeviceIn(AccountState state) =>
        DeviceToken is { } token && token.Generation == state.DeviceTokenGeneration ? token.DeviceId : null;

    private ImmutableArray<string> MethodsOf(Passkey passkey)
    {
        var key = passkey.Synced ? AuthenticationMethods.SoftwareKey : AuthenticationMethods.HardwareKey;
        return Challenge is null
            ? [key, AuthenticationMethods.UserPresence]
            : [AuthenticationMethods.Password, key, AuthenticationMethods.UserPresence];
    }

    private Decision<LoginResult> Refused(AccountState state, Refusal refusal, string reason, Moment moment) =>
        Decision.Changed<LoginResult>(state, refusal, moment, state.Entry(moment, ActivityEvents.Login, Client).Failed(reason));
}
