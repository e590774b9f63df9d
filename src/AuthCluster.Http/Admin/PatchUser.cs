using System.Collections.Immutable;
using System.Text.Json;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Admin;

internal static class PatchUser
{
    /// <summary>Sets roles or activity. New roles end access tokens; <c>is_active: false</c> ends every session.</summary>
    public static async Task<IResult> HandleAsync(PathId id, Body<PatchUserRequest> body, Caller caller, IAccounts accounts)
    {
        var roles = body.Value.Roles?.OfType<string>().Distinct(StringComparer.Ordinal).ToImmutableArray();
        var outcome = await accounts.PerformAsync(caller, id.Value, new Administer { Roles = roles, Active = body.Value.IsActive });
        return outcome.AnswerUser();
    }
}

internal sealed record PatchUserRequest(IReadOnlyList<string?>? Roles = null, bool? IsActive = null) : IRequestBody<PatchUserRequest>
{
    public const int RoleLimit = 32;
    public const int RoleLengthLimit = 64;

    public static PatchUserRequest? Read(JsonElement json) => json.Deserialize(AdminRequestJson.Default.PatchUserRequest);

    public void Validate(FieldFaults faults)
    {
        if (Roles?.Count > RoleLimit)
            faults.Add("roles", $"Ensure there are no more than {RoleLimit} roles.");
        if (Roles?.All(IsRole) == false)
            faults.Add("roles", $"A role has 1 to {RoleLengthLimit} letters, digits or any of . _ : -");
    }

    // Roles travel in a comma separated header.
    private static bool IsRole(string? role) =>
        role is { Length: >= 1 and <= RoleLengthLimit } && role.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '-');
}
