using AuthCluster.Accounts;
using AuthCluster.Clients;
using AuthCluster.Emails;
using AuthCluster.Http.Logins;

namespace AuthCluster.Http.Mails;

/// <summary>
/// A mail that anybody may ask for. Whether there is such an account, whether it may have one now: the answer, the waits for the store and one lasting
/// write are the same.
/// </summary>
internal sealed class MailRequests(IAccounts accounts, IEventLog log, TimeProvider time)
{
    /// <param name="name">The event of a refused request, one of <see cref="ActivityEvents"/>.</param>
    public async Task RequestAsync(string email, Act<Done> act, string name, ClientFacts client)
    {
        var id = CanonicalEmail.TryParse(email, out var canonical) ? await accounts.FindAsync(canonical) : null;
        var refusal = await TryAsync(id, act);
        if (refusal is { } reason)
            await log.AppendAsync(ActivityEntry.OfStranger(time.GetUtcNow(), name, reason, email, client));
    }

    private async Task<string?> TryAsync(Guid? id, Act<Done> act)
    {
        await accounts.LoadAlikeAsync(id);
        return id is not { } known ? ActivityReasons.UnknownUser : (await accounts.For(known).PerformAsync(act)).Refusal switch
        {
            null => null,
            Refusal.TooManyAttempts => ActivityReasons.TooManyMails,
            Refusal.NothingToVerify => ActivityReasons.NothingToVerify,
            _ => ActivityReasons.UnknownUser,
        };
    }
}
