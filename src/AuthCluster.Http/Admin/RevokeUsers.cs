using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Emails;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Settings;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Admin;

/// <summary>Ends tokens of many users: those whose address begins so, is of a domain, or who have a role.</summary>
internal sealed class RevokeUsers(IAccounts accounts, IAccountIndex index)
{
    /// <summary>Accounts that one call looks at. A call that is broken off is made again: what is revoked twice is as dead as before.</summary>
    private const int PortionSize = 200;

    public static async Task<IResult> HandleAsync(Body<RevokeUsersRequest> body, Caller caller, IAccounts accounts, IAccountIndex index) =>
        await new RevokeUsers(accounts, index).RevokeAsync(body.Value, caller);

    private async Task<IResult> RevokeAsync(RevokeUsersRequest request, Caller caller)
    {
        var (ids, next) = await PortionAsync(request);
        var revoked = await Task.WhenAll(ids.Where(id => id != caller.AccountId).Select(id => TryRevokeAsync(id, request, caller)));
        // The caller's own come last: the others are revoked by a session that lives.
        var own = ids.Contains(caller.AccountId) && await TryRevokeAsync(caller.AccountId, request, caller);
        return TypedResults.Json(
            new RevokedUsersAnswer(revoked.Count(done => done) + (own ? 1 : 0), next), AnswerJson.Default.RevokedUsersAnswer);
    }

    private async Task<(IReadOnlyList<Guid> Ids, string? Next)> PortionAsync(RevokeUsersRequest request)
    {
        if (CanonicalEmail.TryParse(request.Email, out var whole))
            return (await accounts.FindAsync(whole) is { } id ? [id] : [], Next: null);
        if (CanonicalEmail.Prefix(request.Email ?? "") is not { } prefix)
            return ([], Next: null);
        var portion = await index.ListAsync(new IndexQuery(prefix, UserCursor.Parse(request.Cursor, new FieldFaults()), PortionSize));
        return ([.. portion.Select(account => account.Id)], UserCursor.After(portion, PortionSize));
    }

    private async Task<bool> TryRevokeAsync(Guid id, RevokeUsersRequest request, Caller caller)
    {
        // The index may name an account that is gone, or that has another address since.
        if (await accounts.StandingAsync(id) is not { } standing || !request.IsAbout(standing))
            return false;
        var outcome = await accounts.PerformAsync(caller, id, new RevokeTokens(request.Tokens!.Value));
        return outcome.Refusal is null;
    }
}

/// <param name="Email">A whole address, or what addresses begin with.</param>
/// <param name="Domain">What stands behind the @.</param>
/// <param name="Everybody">Without any of the others: a filter that was forgotten must not sign out all users.</param>
internal sealed record RevokeUsersRequest(
    string? TokenType, string? Email = null, string? Domain = null, string? Role = null, bool? Everybody = null, string? Cursor = null)
    : IRequestBody<RevokeUsersRequest>
{
    internal RevokedTokens? Tokens => new RevokeRequest(TokenType).Tokens;

    public static RevokeUsersRequest? Read(JsonElement json) => json.Deserialize(AdminRequestJson.Default.RevokeUsersRequest);

    public void Validate(FieldFaults faults)
    {
        new RevokeRequest(TokenType).Validate(faults);
        if (Email is null && Domain is null && Role is null && Everybody is not true)
            faults.Add("everybody", "Give email, domain or role; or set this to true, and every user is meant.");
        // Every address begins with nothing.
        if (Email is not null && string.IsNullOrWhiteSpace(Email))
            faults.Add("email", "Enter an address, or what addresses begin with.");
        if (Domain is not null && RevokerOptions.CanonicalDomain(Domain) is null)
            faults.Add("domain", "Enter a domain, such as example.com.");
        UserCursor.Parse(Cursor, faults);
    }

    internal bool IsAbout(Standing standing)
    {
        if (Role is not null && !standing.Roles.Contains(Role, StringComparer.Ordinal))
            return false;
        if (Email is null && Domain is null)
            return true;
        return CanonicalEmail.TryParse(standing.Email, out var email)
            && email.Value.StartsWith(CanonicalEmail.Prefix(Email ?? "") ?? "\0", StringComparison.Ordinal)
            && (Domain is null || email.Value.EndsWith($"@{RevokerOptions.CanonicalDomain(Domain)}", StringComparison.Ordinal));
    }
}
