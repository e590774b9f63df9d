using System.Text.Json.Serialization;
using AuthCluster.Accounts;

namespace AuthCluster.Http.Answers;

/// <summary>A revocation, as the feed tells it.</summary>
/// <param name="Sid">With the scope <c>session</c>: the session whose tokens are dead.</param>
/// <param name="Uuid">The secret that the dead tokens carry; with <c>user</c> that of the access tokens.</param>
/// <param name="Kid">With the scope <c>key</c>: the key whose tokens are dead, in every account.</param>
internal sealed record RevokedAnswer(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Sub,
    string Scope,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Sid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Uuid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Kid,
    string Cause,
    DateTimeOffset Time)
{
    public static RevokedAnswer Of(RevocationNotice notice)
    {
        var died = notice.Revocation;
        return new RevokedAnswer(notice.AccountId, NameOf(died.Scope), died.SessionId, died.Secret, died.KeyId, died.Cause, died.Time);
    }

    private static string NameOf(RevocationScope scope) => scope switch
    {
        RevocationScope.Session => "session",
        RevocationScope.Access => "access",
        RevocationScope.Refresh => "refresh",
        RevocationScope.User => "user",
        RevocationScope.Key => "key",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, message: null),
    };
}

/// <param name="CompleteTo">The stream has told every revocation that was answered before this time.</param>
/// <param name="Time">When this was sent, by the same clock.</param>
internal sealed record HeartbeatAnswer(DateTimeOffset CompleteTo, DateTimeOffset Time);

/// <summary>The stream does not know what came after the event that the reader names: it begins anew.</summary>
internal sealed record ResyncAnswer(DateTimeOffset Time);
