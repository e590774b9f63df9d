using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;
using AuthCluster.Leases;
using Orleans.Serialization.Configuration;

namespace AuthCluster.OrleansHost.Wire;

/// <summary>
/// What the types of the rules are called between nodes and in stored records. A class may be renamed or moved while nodes of two versions
/// run side by side; its name here is never changed, and never given to another type.
/// </summary>
internal static class WireNames
{
    /// <remarks>Those of generic types end in the number of their arguments, as Orleans' parser of type names expects.</remarks>
    public static readonly IReadOnlyDictionary<string, Type> Types = new Dictionary<string, Type>
    {
        ["authcluster.port.account"] = typeof(IAccount),
        ["authcluster.port.key-ring"] = typeof(IKeyRingStore),
        ["authcluster.outcome`1"] = typeof(Outcome<>),
        ["authcluster.done"] = typeof(Done),
        ["authcluster.unavailable"] = typeof(StateUnavailableException),
        ["authcluster.act`1"] = typeof(Act<>),
        ["authcluster.act.in-session`1"] = typeof(InSession<>),
        ["authcluster.act.register"] = typeof(Register),
        ["authcluster.act.begin-login"] = typeof(BeginLogin),
        ["authcluster.act.begin-password-check"] = typeof(BeginPasswordCheck),
        ["authcluster.act.complete-login"] = typeof(CompleteLogin),
        ["authcluster.act.release-attempt"] = typeof(ReleaseAttempt),
        ["authcluster.act.refresh-session"] = typeof(RefreshSession),
        ["authcluster.act.note-seen"] = typeof(NoteSeen),
        ["authcluster.act.logout"] = typeof(EndOwnSession),
        ["authcluster.act.logout-all"] = typeof(EndAllSessions),
        ["authcluster.act.logout-others"] = typeof(EndOtherSessions),
        ["authcluster.act.end-device"] = typeof(EndSession),
        ["authcluster.act.change-password"] = typeof(ChangePassword),
        ["authcluster.act.change-profile"] = typeof(ChangeProfile),
        ["authcluster.act.delete-account"] = typeof(DeleteAccount),
        ["authcluster.act.view"] = typeof(View),
        ["authcluster.act.view-activity"] = typeof(ViewActivity),
        ["authcluster.act.view-devices"] = typeof(ViewSessions),
        ["authcluster.act.administer"] = typeof(Administer),
        ["authcluster.act.revoke-tokens"] = typeof(RevokeTokens),
        ["authcluster.act.end-device-by-administrator"] = typeof(EndSessionByAdministrator),
        ["authcluster.act.delete-by-administrator"] = typeof(DeleteByAdministrator),
        ["authcluster.act.by-administrator`1"] = typeof(ByAdministrator<>),
        ["authcluster.act.note-key-rotation"] = typeof(NoteKeyRotation),
        ["authcluster.act.begin-challenge"] = typeof(BeginChallenge),
        ["authcluster.act.complete-challenge"] = typeof(CompleteChallenge),
        ["authcluster.act.release-code"] = typeof(ReleaseCode),
        ["authcluster.act.begin-code-check"] = typeof(BeginCodeCheck),
        ["authcluster.act.begin-totp-confirmation"] = typeof(BeginTotpConfirmation),
        ["authcluster.act.create-totp"] = typeof(CreateTotp),
        ["authcluster.act.confirm-totp"] = typeof(ConfirmTotp),
        ["authcluster.act.step-up"] = typeof(StepUp),
        ["authcluster.act.delete-totp"] = typeof(DeleteTotp),
        ["authcluster.act.renew-emergency-codes"] = typeof(RenewEmergencyCodes),
        ["authcluster.session-proof"] = typeof(SessionProof),
        ["authcluster.client-facts"] = typeof(ClientFacts),
        ["authcluster.device-token-facts"] = typeof(DeviceTokenFacts),
        ["authcluster.attempt"] = typeof(Attempt),
        ["authcluster.settled-attempt"] = typeof(SettledAttempt),
        ["authcluster.settled-code"] = typeof(SettledCode),
        ["authcluster.challenge"] = typeof(Challenge),
        ["authcluster.account-view"] = typeof(AccountView),
        ["authcluster.profile"] = typeof(Profile),
        ["authcluster.credential"] = typeof(Credential),
        ["authcluster.credential.password"] = typeof(PasswordCredential),
        ["authcluster.credential.totp"] = typeof(TotpCredential),
        ["authcluster.login-result"] = typeof(LoginResult),
        ["authcluster.login-result.granted"] = typeof(Granted),
        ["authcluster.login-result.second-factor-owed"] = typeof(SecondFactorOwed),
        ["authcluster.grant"] = typeof(Grant),
        ["authcluster.device"] = typeof(Session),
        ["authcluster.refresh-rotation"] = typeof(RefreshRotation),
        ["authcluster.rotated-token"] = typeof(RotatedToken),
        ["authcluster.standing"] = typeof(Standing),
        ["authcluster.session-standing"] = typeof(SessionStanding),
        ["authcluster.activity-entry"] = typeof(ActivityEntry),
        ["authcluster.actor"] = typeof(Actor),
        ["authcluster.logged-activity"] = typeof(LoggedActivity),
        ["authcluster.activity-query"] = typeof(ActivityQuery),
        ["authcluster.stored-key-ring"] = typeof(StoredKeyRing),
        ["authcluster.stored-key"] = typeof(StoredKey),
        ["authcluster.lease-terms"] = typeof(LeaseTerms),
        ["authcluster.leased-answer`1"] = typeof(LeasedAnswer<>),
        ["authcluster.owner"] = typeof(Owner),
    };

    public static void Configure(TypeManifestOptions options)
    {
        foreach (var (name, type) in Types)
            options.WellKnownTypeAliases[name] = type;
    }
}
