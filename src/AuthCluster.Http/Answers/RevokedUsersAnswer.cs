namespace AuthCluster.Http.Answers;

/// <param name="Revoked">Users whose tokens died by this call.</param>
/// <param name="Next">Where the next call goes on; <c>null</c> where all were looked at.</param>
internal sealed record RevokedUsersAnswer(int Revoked, string? Next);
