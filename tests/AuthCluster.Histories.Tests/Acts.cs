using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories.Tests;

/// <summary>Acts of the catalogue that histories here are written with.</summary>
internal static class Acts
{
    public static OperationKind ChangeProfile { get; } = OperationKind.Of("PATCH /api/user/profile");

    public static OperationKind EndDevice { get; } = OperationKind.Of("DELETE /api/user/devices/{id}");

    public static OperationKind Logout { get; } = OperationKind.Of("POST /api/user/logout");

    public static OperationKind LogoutAll { get; } = OperationKind.Of("POST /api/user/logout/all");

    public static OperationKind LogoutOthers { get; } = OperationKind.Of("POST /api/user/logout/others");

    public static OperationKind RevokeAccess { get; } = OperationKind.Of("""POST /api/admin/users/{id}/revoke {"token_type":"access"}""");

    public static OperationKind RevokeAll { get; } = OperationKind.Of("""POST /api/admin/users/{id}/revoke {"token_type":"all"}""");

    public static OperationKind RevokeRefresh { get; } = OperationKind.Of("""POST /api/admin/users/{id}/revoke {"token_type":"refresh"}""");
}
