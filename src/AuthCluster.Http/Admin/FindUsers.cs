using AuthCluster.Accounts.Acts;
using AuthCluster.Emails;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AuthCluster.Http.Admin;

internal static class FindUsers
{
    /// <summary>The account with this address, in a list of one or none.</summary>
    public static async Task<IResult> HandleAsync(string? email, IAccounts accounts)
    {
        if (string.IsNullOrEmpty(email))
            return Problems.ValidationFailed("email", FieldFaults.Required);
        if (!CanonicalEmail.TryParse(email, out var canonical) || await accounts.FindAsync(canonical) is not { } id)
            return ListOf([]);
        var outcome = await accounts.For(id).PerformAsync(new View());
        return outcome.IsRefused(out var account) ? ListOf([]) : ListOf([UserAnswer.Of(account)]);
    }

    private static JsonHttpResult<ListAnswer<UserAnswer>> ListOf(UserAnswer[] users) =>
        TypedResults.Json(new ListAnswer<UserAnswer>(users, Next: null), AnswerJson.Default.ListAnswerUserAnswer);
}
