using AuthCluster.Accounts;

namespace AuthCluster.Http.Logins;

/// <summary>Loads of accounts that strangers name.</summary>
internal static class AlikeLoads
{
    /// <summary>
    /// Waits for one load, whichever account it is about. Where the account is in memory or there is none, what is loaded does not exist: otherwise
    /// the time to an answer would tell accounts out of memory, in memory and not there apart.
    /// </summary>
    public static async Task<Standing?> LoadAlikeAsync(this IAccounts accounts, Guid? id)
    {
        var loading = id is { } known ? accounts.StandingAsync(known) : ValueTask.FromResult<Standing?>(null);
        if (loading.IsCompleted)
            await accounts.StandingAsync(Secret.New());
        return await loading;
    }
}
