using AuthCluster.Accounts;

namespace AuthCluster.Http.Logins;

/// <summary>
/// Logins at addresses and user names that nobody holds. Such a login is held up and logged as one at an account is, so that nothing tells the two apart.
/// It wakes no account.
/// </summary>
internal sealed class UnknownAddresses(IUnknownAddressBudgets budgets, IEventLog log, PasswordLane passwords, TimeProvider time)
{
    public async Task<Outcome<LoginResult>> RefuseAsync(PresentedLogin login)
    {
        var attempt = Secret.New();
        if (await budgets.ReserveAsync(login.Presented.Name.Key, attempt) is { } wait)
            return Outcome<LoginResult>.Wait(wait);
        var isLogged = false;
        try
        {
            var compared = await passwords.CompareWithDecoyAsync(login.Presented.Password, login.Gone);
            if (compared.Refusal is not null)
                return compared.As<LoginResult>();
            // As with an account, a failure that cannot be stored has not happened.
            await log.AppendAsync(ActivityEntry.OfStranger(
                time.GetUtcNow(), ActivityEvents.Login, ActivityReasons.UnknownUser, login.Presented.Name.Text, login.Client));
            isLogged = true;
            return Refusal.InvalidCredentials;
        }
        finally
        {
            await budgets.SettleAsync(login.Presented.Name.Key, attempt, isLogged);
        }
    }
}
