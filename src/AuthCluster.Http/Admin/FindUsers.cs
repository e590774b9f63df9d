using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Emails;
using AuthCluster.Http.Activities;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AuthCluster.Http.Admin;

internal static class FindUsers
{
    /// <summary>
    /// Accounts in the order of their addresses, or user names where they have none. <c>email</c> is a whole address, and finds one or none, or what these
    /// begin with; <c>username</c> is a whole user name.
    /// </summary>
    public static async Task<IResult> HandleAsync(string? email, string? username, string? limit, string? cursor, IAccounts accounts, IAccountIndex index)
    {
        var faults = new FieldFaults();
        var query = new IndexQuery("", UserCursor.Parse(cursor, faults), ActivityPage.ParseLimit(limit, faults));
        if (faults.Any)
            return Problems.ValidationFailed(faults.ByField);
        if (username is not null)
            return ListOf(CanonicalUsername.TryParse(username, out var name) ? await FindAsync(name, accounts) : [], next: null);
        if (CanonicalEmail.TryParse(email, out var whole))
            return ListOf(await FindAsync(whole, accounts), next: null);
        if (CanonicalEmail.Prefix(email ?? "") is not { } prefix)
            return ListOf([], next: null);
        var indexed = await index.ListAsync(query with { Prefix = prefix });
        var found = await Task.WhenAll(indexed.Select(account => ViewAsync(account, accounts)));
        return ListOf([.. found.OfType<AccountView>()], UserCursor.After(indexed, query.Limit));
    }

    private static async Task<AccountView[]> FindAsync(LoginName name, IAccounts accounts) =>
        await accounts.FindAsync(name) is { } id && (await accounts.For(id).PerformAsync(new View())).Result is { } account ? [account] : [];

    /// <summary><c>null</c> where the account is gone, or has another name since.</summary>
    private static async Task<AccountView?> ViewAsync(IndexedAccount indexed, IAccounts accounts) =>
        (await accounts.For(indexed.Id).PerformAsync(new View())).Result is { } account
        && LoginName.Listed(account.Email, account.Username) == indexed.Name
            ? account
            : null;

    private static JsonHttpResult<ListAnswer<UserAnswer>> ListOf(AccountView[] users, string? next) =>
        TypedResults.Json(new ListAnswer<UserAnswer>([.. users.Select(UserAnswer.Of)], next), AnswerJson.Default.ListAnswerUserAnswer);
}
