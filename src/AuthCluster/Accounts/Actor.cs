namespace AuthCluster.Accounts;

/// <summary>The administrator who did something, as an entry of the log names the administrator.</summary>
/// <param name="Email">The address of the account at that time, or its user name where it had none.</param>
/// <param name="Address">The network address that the request came from; <c>null</c> where the connection has none.</param>
public sealed record Actor(Guid Id, string Email, Guid SessionId, string? Address);
