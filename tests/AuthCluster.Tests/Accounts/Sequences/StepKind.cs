namespace AuthCluster.Tests.Accounts.Sequences;

/// <summary>What a step does. It is done to the account and to its model.</summary>
internal enum StepKind
{
    Login,
    WrongPassword,
    Refresh,
    PresentAccess,
    Wait,
    Logout,
    LogoutAll,
    LogoutOthers,
    EndSession,
    EndSessionByAdministrator,
    ChangePassword,
    WrongCurrentPassword,
    ChangeProfile,
    SwitchSecondFactor,
    SetRoles,
    Deactivate,
    Activate,
    RevokeAccess,
    RevokeRefresh,
    RevokeAll,
    Delete,
    Register,
}
