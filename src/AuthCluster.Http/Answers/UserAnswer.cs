using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using AuthCluster.Accounts;

namespace AuthCluster.Http.Answers;

internal sealed record UserAnswer(
    string Id,
    string? Email,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Username,
    bool EmailVerified,
    bool IsActive,
    ImmutableArray<string> Roles,
    JsonElement Profile,
    bool MfaEnabled,
    DateTimeOffset DateJoined,
    DateTimeOffset? LastLogin)
{
    public static UserAnswer Of(AccountView account) => new(
        account.Id.ToString(),
        account.Email,
        account.Username,
        account.EmailVerified,
        account.Active,
        account.Roles,
        JsonElement.Parse(account.Profile.Json),
        account.MfaEnabled,
        account.Joined,
        account.LastLogin);
}
