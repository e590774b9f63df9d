using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCluster.Http.Admin;

/// <summary>
/// Judges the administrator once more, in a turn of the administrator's own account, immediately before the act. A body may take minutes to
/// arrive, and the session that sends it may be revoked meanwhile. Acts of owners carry the same proof into their own turn.
/// </summary>
internal static class AuthorityFilter
{
    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var caller = await Caller.BindAsync(context.HttpContext);
        var accounts = context.HttpContext.RequestServices.GetRequiredService<IAccounts>();
        var outcome = await accounts.For(caller.AccountId).PerformAsync(new InSession<AccountView>(caller.Proof, new View()));
        if (outcome.IsRefused(out var administrator))
            return outcome.AnswerRefusal();
        return administrator.Roles.Contains(AccountState.AdministratorRole, StringComparer.Ordinal) ? await next(context) : Problems.PermissionDenied;
    }
}
